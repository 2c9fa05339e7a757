// Phrase: words in another language, kept as <span lang="ko">, so that they are read aloud and
// set as what they are. The server lets exactly this through (reviews/prose.py).
import { Mark, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor"

// BCP 47, the part that is used in practice; reviews/prose.py has the same.
const LANGUAGE_TAG = "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*"

const OFTEN = {
  ko: "Korean",
  "ko-Latn": "Korean in Latin letters",
  ja: "Japanese",
  "ja-Latn": "Japanese in Latin letters",
  "zh-Hans": "Chinese, simplified",
  "zh-Hant": "Chinese, traditional",
  "yue-Hant": "Cantonese",
  th: "Thai",
  vi: "Vietnamese",
  hi: "Hindi",
  id: "Indonesian",
  fr: "French",
  de: "German",
  es: "Spanish",
  it: "Italian",
  cy: "Welsh",
}

const PROPERTIES = {
  lang: {
    type: "string",
    title: "Language of the phrase",
    description: "Choose from the list, or type a tag such as “ko”, “ja-Latn” or “fr”.",
    required: true,
  },
}

function suggest(editor) {
  const input = editor.view.dom.parentElement.querySelector("dialog input[name=lang]")
  const list = document.createElement("datalist")
  list.id = `${input.id}-often`
  for (const [tag, name] of Object.entries(OFTEN)) list.append(new Option(name, tag))
  input.after(list)
  input.setAttribute("list", list.id)
  input.pattern = LANGUAGE_TAG
  input.title = "A language tag such as “ko”, “ja-Latn” or “fr” (BCP 47)"
  input.autocomplete = "off"
  input.ariaLabel = PROPERTIES.lang.title // its label runs on into what it says besides
}

async function askLanguage(editor, mark) {
  const remove = {
    text: "No other language",
    handler: (_values, form) => {
      editor.chain().focus().extendMarkRange(mark).unsetMark(mark).run()
      form.closest("dialog").close()
    },
  }
  const answer = updateAttrsDialog(PROPERTIES, {
    title: "Words in another language",
    submitText: "Mark the phrase",
    actions: editor.isActive(mark) ? [remove] : [],
  })(editor, editor.getAttributes(mark))
  suggest(editor)
  const values = await answer
  if (!values) return
  const chain = editor.chain().focus()
  if (editor.isActive(mark)) chain.extendMarkRange(mark)
  chain.setMark(mark, { lang: values.lang.trim() }).run()
}

export const Phrase = Mark.create({
  name: "phrase",
  inclusive: false,

  addAttributes() {
    return { lang: { default: null } }
  },

  parseHTML() {
    return [{ tag: "span[lang]" }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", mergeAttributes(HTMLAttributes), 0]
  },

  addMenuItems({ menu, buttons }) {
    const mark = this.name
    menu.defineItem({
      name: mark,
      groups: "marks",
      priority: 50,
      button: buttons.text("Language", "Mark the selected words as another language"),
      command: (editor) => askLanguage(editor, mark),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive(mark),
      active: (editor) => editor.isActive(mark),
    })
  },
})
