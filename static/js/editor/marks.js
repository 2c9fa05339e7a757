// Marks: quotation marks, dashes and dots as they are set, while they are typed plainly. In the body
// Backspace gives back what was typed, in other fields Ctrl+Z. In English and in Korean: others have
// marks of their own.
import { Extension, InputRule } from "django-prose-editor/editor"
import { SET_IN, set, setting } from "./setting.js"

const FIELDS = "#id_headline, #id_standfirst, #id_verdict, #id_note"

function languageAt({ doc }, at, own) {
  const phrase = doc.resolve(at).marks().find(({ type }) => type.name === "phrase")
  return phrase?.attrs.lang ?? own
}

export const Marks = Extension.create({
  name: "marks",

  addInputRules() {
    const { editor } = this
    return [
      new InputRule({
        find(text) {
          const data = setting(text.slice(0, -1), text.slice(-1))
          return data && { index: text.length - 1 - data.cut, text: text.slice(-1 - data.cut), data }
        },
        handler({ state, range, match }) {
          if (!SET_IN.test(languageAt(state, range.from, editor.view.dom.lang))) return null
          state.tr.insertText(match.data.put, range.from, range.to)
        },
      }),
    ]
  },
})

const isSet = (field) => field.matches(FIELDS) && SET_IN.test(field.lang)
let pastedAt = 0

document.addEventListener("beforeinput", (event) => {
  const { target: field, inputType, data } = event
  if (!isSet(field)) return
  if (inputType === "insertFromPaste") pastedAt = field.selectionStart
  if (inputType !== "insertText") return
  const typed = setting(field.value.slice(0, field.selectionStart), data)
  if (!typed) return
  event.preventDefault()
  put(field, field.selectionStart - typed.cut, field.selectionEnd, typed.put)
})

document.addEventListener("input", ({ target: field, inputType }) => {
  if (inputType !== "insertFromPaste" || !isSet(field)) return
  const end = field.selectionStart
  const pasted = field.value.slice(pastedAt, end)
  const words = set(pasted, field.value.slice(0, pastedAt))
  if (words !== pasted) put(field, pastedAt, end, words)
})

function put(field, from, to, words) {
  field.setSelectionRange(from, to)
  document.execCommand("insertText", false, words) // nothing else can be undone with Ctrl+Z
}
