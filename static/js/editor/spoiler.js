// Spoiler: blocks that readers see folded until they open them, of every kind that a body has. Kept
// as <details>; the sentence that stands before it is said by the page (reviews/spoilers.py).
import { Node } from "django-prose-editor/editor"
import { create } from "./library.js"

const NAME = "spoiler"
const ofSpoiler = (node) => node.type.name === NAME

// The whole blocks of the body that the selection touches, unless all of it is in one spoiler.
function foldable(editor) {
  const { doc, selection } = editor.state
  return unfoldable(editor) ? null : wholeBlocks(doc, selection.$from, selection.$to)
}

const wholeBlocks = (doc, $from, $to) => $from.blockRange($to, (node) => node === doc)

const heldBy = (doc, pos, node) =>
  doc.resolve(pos + 1).blockRange(doc.resolve(pos + node.nodeSize - 1), ofSpoiler)

// What the spoiler holds that the selection is in, or that is selected itself.
function unfoldable({ state: { doc, selection } }) {
  const $at = selection.node && ofSpoiler(selection.node) ? doc.resolve(selection.from + 1) : selection.$from
  for (let depth = $at.depth; depth > 0; depth--) {
    if (!ofSpoiler($at.node(depth))) continue
    return selection.to > $at.after(depth) ? null : heldBy(doc, $at.before(depth), $at.node(depth))
  }
  return null
}

// Of spoilers among the blocks and these, one is made.
function fold(editor) {
  const { tr, schema } = editor.state
  const { start, end } = foldable(editor)
  const among = []
  tr.doc.nodesBetween(start, end, (node, pos) => {
    if (ofSpoiler(node)) among.unshift([pos, node])
    return false
  })
  for (const [pos, node] of among) tr.lift(heldBy(tr.doc, pos, node), 0)
  const [from, to] = [tr.mapping.map(start, -1), tr.mapping.map(end)]
  const whole = wholeBlocks(tr.doc, tr.doc.resolve(from), tr.doc.resolve(to))
  editor.view.dispatch(tr.wrap(whole, [{ type: schema.nodes[NAME] }]).scrollIntoView())
}

function unfold(editor) {
  const range = unfoldable(editor)
  editor.view.dispatch(editor.state.tr.lift(range, range.depth - 1).scrollIntoView())
}

function view() {
  const dom = create("div", "desk-spoiler")
  Object.assign(dom, { role: "group", ariaLabel: "Spoiler: folded until a reader opens it" })
  return { dom, contentDOM: dom }
}

const around = (node) => (node.closest ? node : node.parentElement).closest(".desk-spoiler")

// A key may come before the editor has heard where the cursor went: then the browser deletes by
// itself, and would join hidden words to open ones.
function keepApart(event) {
  if (!event.inputType.startsWith("delete") || !getSelection().isCollapsed) return
  for (const { startContainer, endContainer } of event.getTargetRanges()) {
    if (around(startContainer) !== around(endContainer)) event.preventDefault()
  }
}

export const Spoiler = Node.create({
  name: NAME,
  group: "block",
  content:
    "(paragraph | heading | bulletList | orderedList | blockquote | pullQuote | picture | gallery | horizontalRule)+",
  isolating: true, // what is deleted at its edge never brings it to light

  parseHTML() {
    return [{ tag: "details" }]
  },

  renderHTML() {
    return ["details", 0]
  },

  addNodeView() {
    return view
  },

  onCreate() {
    this.editor.view.dom.addEventListener("beforeinput", keepApart)
  },

  // Enter in an empty last paragraph goes on after the spoiler.
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { $from, empty } = editor.state.selection
        if (!empty || $from.depth < 2 || $from.parent.content.size) return false
        const spoiler = $from.node(-1)
        const last = $from.index(-1) === spoiler.childCount - 1
        if (!ofSpoiler(spoiler) || !last || spoiler.childCount === 1) return false
        const range = { from: $from.before(), to: $from.after() }
        const after = $from.after(-1) - (range.to - range.from)
        return editor
          .chain()
          .deleteRange(range)
          .insertContentAt(after, { type: "paragraph" })
          .setTextSelection(after + 1)
          .run()
      },
    }
  },

  addMenuItems({ menu, buttons }) {
    const item = { groups: "nodes", priority: 148 }
    menu.defineItem({
      ...item,
      name: NAME,
      button: buttons.text("Fold as spoiler", "Fold as spoiler what is selected"),
      command: fold,
      enabled: (editor) => Boolean(foldable(editor)),
      hidden: (editor) => Boolean(unfoldable(editor)),
    })
    menu.defineItem({
      ...item,
      name: "unfold",
      button: buttons.text("Unfold", "Unfold the spoiler: show what it hides openly"),
      command: unfold,
      enabled: (editor) => Boolean(unfoldable(editor)),
      hidden: (editor) => !unfoldable(editor),
    })
  },
})
