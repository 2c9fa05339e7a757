// Pull quote: a sentence of the piece, said once more and large. Kept as <aside>, which screen
// readers announce as beside the text; reviews/prose.py lets it through.
import { Node } from "django-prose-editor/editor"

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,

  parseHTML() {
    return [{ tag: "aside" }]
  },

  renderHTML() {
    return ["aside", 0]
  },

  addMenuItems({ menu, buttons }) {
    const node = this.name
    menu.defineItem({
      name: node,
      groups: "nodes",
      priority: 151,
      button: buttons.text("Pull quote", "Pull quote: set the paragraph large, beside the text"),
      command: (editor) => editor.chain().focus().toggleWrap(node).run(),
      enabled: (editor) => editor.can().toggleWrap(node),
      active: (editor) => editor.isActive(node),
    })
  },
})
