// Gallery: two pictures or more, shown as one group. The body keeps <div data-gallery=""> around
// figures placed by reference (picture.js); reviews/prose.py holds every gallery to that.
import { Node } from "django-prose-editor/editor"
import { button, choose, create, insertBlock, library, OURS } from "./library.js"

const picture = (image) => ({ type: "picture", attrs: { image } })
const counted = (number) => `${number} picture${number === 1 ? "" : "s"}`

class GalleryView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos })
    this.dom = create("div", "desk-gallery")
    this.dom.role = "group"
    this.head = create("div", "desk-gallery__head")
    Object.assign(this.head, { contentEditable: "false", lang: OURS })
    this.title = create("p", "desk-gallery__title")
    this.hint = create("p", "desk-gallery__hint")
    const tools = create("p", "desk-gallery__tools")
    tools.append(
      button("Add pictures", "button", () => this.add()),
      button("Take apart", "button", () => this.takeApart()),
      button("Remove gallery", "button", () => this.remove()),
    )
    this.head.append(this.title, this.hint, tools)
    this.contentDOM = create("div", "desk-gallery__pictures")
    this.dom.append(this.head, this.contentDOM)
    this.showCount()
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.showCount()
    return true
  }

  stopEvent(event) {
    return Boolean(this.head.contains(event.target) && event.target.closest?.("button"))
  }

  ignoreMutation({ type, target }) {
    if (type === "selection") return false
    return target === this.dom || this.head.contains(target)
  }

  showCount() {
    const said = `Gallery of ${counted(this.node.childCount)}`
    this.title.textContent = said
    this.dom.ariaLabel = said
    const alone = this.node.childCount < 2
    this.hint.textContent = alone ? "Add one more: a single picture is saved without a gallery." : ""
    this.hint.hidden = !alone
  }

  // At the end, with the cursor in its caption.
  add() {
    const put = (...images) => {
      const pos = this.getPos()
      if (pos === undefined) return
      const end = pos + this.node.nodeSize - 1
      this.editor.chain().focus().insertContentAt(end, images.map(picture)).setTextSelection(end + 1).run()
    }
    choose(this.editor, put, { many: true })
  }

  takeApart() {
    const pos = this.getPos()
    const { state, view } = this.editor
    view.dispatch(state.tr.replaceWith(pos, pos + this.node.nodeSize, this.node.content))
    this.editor.commands.focus()
  }

  remove() {
    const pos = this.getPos()
    this.editor.chain().focus().deleteRange({ from: pos, to: pos + this.node.nodeSize }).run()
  }
}

export const Gallery = Node.create({
  name: "gallery",
  group: "block",
  content: "picture+",
  isolating: true,
  draggable: true,

  parseHTML() {
    return [{ tag: "div[data-gallery]" }]
  },

  renderHTML() {
    return ["div", { "data-gallery": "" }, 0]
  },

  addNodeView() {
    return (props) => new GalleryView(props)
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name,
      groups: "nodes",
      priority: 149,
      button: buttons.text("Insert gallery", "Insert gallery of pictures from the library"),
      command: (editor) =>
        choose(
          editor,
          (...images) => insertBlock(editor, { type: this.name, content: images.map(picture) }, 2),
          { many: true },
        ),
      enabled: (editor) => Boolean(library(editor).library),
    })
  },
})
