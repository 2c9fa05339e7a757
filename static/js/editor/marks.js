// Marks: quotation marks, dashes and dots as they are set, while they are typed plainly. In the body
// Backspace gives back what was typed, in other fields Ctrl+Z. In English and in Korean: others have
// marks of their own.
import { Extension, InputRule } from "django-prose-editor/editor"
import { SET_IN, setting } from "./setting.js"

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

document.addEventListener("beforeinput", (event) => {
  const { target: field, inputType, data } = event
  if (inputType !== "insertText" || !field.matches(FIELDS) || !SET_IN.test(field.lang)) return
  const set = setting(field.value.slice(0, field.selectionStart), data)
  if (!set) return
  event.preventDefault()
  field.setSelectionRange(field.selectionStart - set.cut, field.selectionEnd)
  document.execCommand("insertText", false, set.put) // nothing else can be undone with Ctrl+Z
})
