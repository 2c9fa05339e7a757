// What the body's pictures and galleries share: small elements, and the window of the library.
import { beginning } from "../admin/about.js"

export const OURS = "en-GB" // the language of what we say in a body, whatever the piece is written in
export const create = (tag, className, text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text })

export const button = (text, className, onclick) =>
  Object.assign(create("button", className, text), { type: "button", onclick })

// The library's addresses, said by the body field (reviews/admin/pictures.py).
export const library = (editor) => editor.options.element.querySelector("textarea").dataset

// Opens the library in Django's own window for choosing a related row, which puts the chosen id
// into an input named after the link, and tells it through jQuery. Where many are taken, the window
// may give several at once (admin/upload.js).
export function choose(editor, onChosen, { many = false } = {}) {
  const name = "id_body_picture"
  document.getElementById(name)?.remove()
  const input = Object.assign(document.createElement("input"), { type: "hidden", id: name })
  if (many) input.dataset.many = "true"
  document.body.append(input)
  django.jQuery(input).on("change", () => {
    const chosen = input.value.split(",").filter((id) => /^[1-9][0-9]*$/.test(id))
    if (chosen.length) onChosen(...chosen)
    input.remove()
  })
  const link = Object.assign(create("a", "related-lookup"), {
    id: `lookup_${name}`,
    href: beginning(library(editor).library),
  })
  window.showRelatedObjectLookupPopup(link)
}

// Puts a node after the block that holds the cursor, or in place of an empty one, and goes on in
// the caption of its (first) picture. What is put into a spoiler stays in it.
export function insertBlock(editor, node, captionAt) {
  const { $from, to } = editor.state.selection
  const level = $from.depth && $from.node(1).type.name === "spoiler" ? 2 : 1
  const block = $from.depth < level ? null : $from.node(level)
  const start = block ? $from.before(level) : to
  const end = block ? $from.after(level) : to
  const empty = block?.isTextblock && block.type.name !== "picture" && !block.content.size
  editor
    .chain()
    .focus()
    .insertContentAt(empty ? { from: start, to: end } : end, node)
    .setTextSelection((empty ? start : end) + captionAt)
    .run()
}
