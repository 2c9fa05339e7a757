// Marks: quotation marks, dashes and dots as they are set, while they are typed plainly. In the body
// Backspace gives back what was typed, in other fields Ctrl+Z. In English and in Korean: others have
// marks of their own.
import { Extension, InputRule } from "django-prose-editor/editor"

const FIELDS = "#id_headline, #id_standfirst, #id_verdict, #id_note"
const LANGUAGES = /^(en|ko)\b/i
const OPENS = /(^|[\s([{“‘—–/-])$/
const QUOTES = { '"': "“”", "'": "‘’" }

// What stands for a key after what is there: how many characters of that go, and what is put.
function setting(before, key) {
  if (key in QUOTES) return { cut: 0, put: QUOTES[key][OPENS.test(before) ? 0 : 1] }
  if (key === "." && before.endsWith("..")) return { cut: 2, put: "…" }
  if (key === "-" && before.endsWith("–")) return { cut: 1, put: "—" }
  if (key === "-" && /[^-]-$/.test(before)) return { cut: 1, put: "–" } // three begin a dividing line
  if (key === "s" && /‘\d0$/.test(before)) return { cut: 3, put: `’${before.slice(-2)}s` } // ’90s
  return null
}

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
          if (!LANGUAGES.test(languageAt(state, range.from, editor.view.dom.lang))) return null
          state.tr.insertText(match.data.put, range.from, range.to)
        },
      }),
    ]
  },
})

document.addEventListener("beforeinput", (event) => {
  const { target: field, inputType, data } = event
  if (inputType !== "insertText" || !field.matches(FIELDS) || !LANGUAGES.test(field.lang)) return
  const set = setting(field.value.slice(0, field.selectionStart), data)
  if (!set) return
  event.preventDefault()
  field.setSelectionRange(field.selectionStart - set.cut, field.selectionEnd)
  document.execCommand("insertText", false, set.put) // nothing else can be undone with Ctrl+Z
})
