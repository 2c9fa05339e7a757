// Picture: a figure placed by reference. The body keeps <figure data-image="ID"> and the caption
// said in this article; the picture, its credit and its description stay in the library.
import { Node } from "django-prose-editor/editor"
import { button, choose, create, insertBlock, library, OURS } from "./library.js"

function openInLibrary(event) {
  event.preventDefault()
  window.showRelatedObjectPopup(event.currentTarget)
}

class PictureView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos })
    this.dom = create("figure", "desk-picture")
    this.frame = create("div", "desk-picture__frame")
    this.frame.contentEditable = "false"
    this.frame.draggable = true
    this.contentDOM = create("figcaption", "desk-picture__caption")
    this.still = create("img", "desk-picture__still")
    this.still.hidden = true
    this.frame.append(this.still)
    // Made once: what the library answers must find the same button when a press is let go.
    this.facts = create("div", "desk-picture__facts")
    Object.assign(this.facts, { contentEditable: "false", lang: OURS })
    this.lines = create("div", "desk-picture__lines")
    this.edit = create("a", "button")
    Object.assign(this.edit, { id: "change_id_body_picture", onclick: openInLibrary, hidden: true })
    const tools = create("p", "desk-picture__tools")
    tools.append(
      // Seen in a gallery alone, by the stylesheet: a picture may be dragged in and out.
      button("Move earlier", "button desk-picture__move desk-picture__move--earlier", () => this.move(-1)),
      button("Move later", "button desk-picture__move desk-picture__move--later", () => this.move(1)),
      button("Change picture", "button", () => this.change()),
      button("Remove", "button desk-picture__remove", () => this.remove()),
      this.edit, // last, as it comes with the library's answer and would push others aside
    )
    this.facts.append(this.lines, tools)
    this.dom.append(this.frame, this.contentDOM, this.facts)
    this.showCaption()
    this.load()
    // Whoever mends a credit in the library's window sees it here on coming back.
    this.reload = () => this.load()
    window.addEventListener("focus", this.reload)
  }

  update(node) {
    if (node.type !== this.node.type) return false
    const other = node.attrs.image !== this.node.attrs.image
    this.node = node
    this.showCaption()
    if (other) this.load()
    return true
  }

  destroy() {
    window.removeEventListener("focus", this.reload)
  }

  stopEvent(event) {
    return Boolean(event.target.closest?.("button, a"))
  }

  // What we draw around the caption is no edit; what is typed into it is.
  ignoreMutation({ type, target }) {
    if (type === "selection") return false
    return type === "attributes" || !this.contentDOM.contains(target)
  }

  showCaption() {
    this.contentDOM.classList.toggle("is-empty", this.node.content.size === 0)
  }

  async load() {
    const id = this.node.attrs.image
    const address = library(this.editor).facts.replace("/0/", `/${id}/`)
    let facts = null
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } })
      if (answer.ok) facts = await answer.json()
      else if (answer.status !== 404) throw new Error(answer.statusText)
      if (id === this.node.attrs.image) this.show(facts)
    } catch {
      this.say("The library cannot be reached now.")
    }
  }

  show(facts) {
    this.contentDOM.dataset.placeholder = facts?.caption || "Caption for this article (optional)"
    this.still.hidden = !facts
    this.edit.hidden = !facts?.change
    if (!facts) {
      this.say("This picture is not in the library any more. Change or remove it.")
      return
    }
    const { thumbnail: src, alt_text: alt, missing, change } = facts
    this.still.alt = alt
    if (this.still.getAttribute("src") !== src) this.still.src = src // the same is not loaded anew
    const textContent = missing.length ? "Correct in library" : "Edit in library"
    if (change) Object.assign(this.edit, { href: change, textContent })
    const warning = missing.length ? `Cannot be published: no ${missing.join(", no ")}.` : ""
    this.say(warning, facts.credit_line)
  }

  say(warning, credit = "") {
    const lines = []
    if (credit) lines.push(create("p", "desk-picture__credit", credit))
    if (warning) lines.push(create("p", "desk-picture__warning", warning))
    this.lines.replaceChildren(...lines)
  }

  change() {
    choose(this.editor, (image) => {
      const pos = this.getPos()
      if (pos === undefined) return
      const { state, view } = this.editor
      view.dispatch(state.tr.setNodeMarkup(pos, undefined, { image }))
      this.editor.commands.focus()
    })
  }

  // The last picture of a gallery takes the gallery with it.
  remove() {
    const pos = this.getPos()
    const $pos = this.editor.state.doc.resolve(pos)
    const last = $pos.parent.type.name === "gallery" && $pos.parent.childCount === 1
    const range = last
      ? { from: $pos.before(), to: $pos.after() }
      : { from: pos, to: pos + this.node.nodeSize }
    this.editor.chain().focus().deleteRange(range).run()
  }

  // Changes places with the picture before (-1) or after it (1). The button keeps the focus, to be
  // pressed again; at the end, where it is hidden, its sister gets it.
  move(step) {
    const pos = this.getPos()
    const { state, view } = this.editor
    const $pos = state.doc.resolve(pos)
    const neighbour = $pos.parent.maybeChild($pos.index() + step)
    if (!neighbour) return
    const to = step < 0 ? pos - neighbour.nodeSize : pos + neighbour.nodeSize
    const goesOn = $pos.parent.maybeChild($pos.index() + 2 * step)
    view.dispatch(state.tr.delete(pos, pos + this.node.nodeSize).insert(to, this.node))
    const way = step < 0 === Boolean(goesOn) ? "earlier" : "later"
    const moved = view.nodeDOM(to)
    moved.querySelector(`.desk-picture__move--${way}`)?.focus()
    moved.scrollIntoView({ block: "nearest" })
  }
}

// All that is pasted, in one line: where its paragraphs and lines end stands a space.
function inOneLine(slice, schema) {
  const words = []
  slice.content.descendants((node) => {
    if (node.isText) words.push(node)
    else if (words.length && !words.at(-1).text.endsWith(" ")) words.push(schema.text(" "))
  })
  return words
}

function paragraphsIn(slice) {
  let count = 0
  slice.content.descendants((node) => {
    if (node.isTextblock && node.textContent.trim()) count += 1
    return !node.isTextblock
  })
  return count
}

// Where the cursor is before anybody has put it anywhere: in a text, if there is one, and not in the
// caption of a picture with which it begins.
function firstText(doc) {
  let first = null
  doc.descendants((node, at) => {
    if (first !== null || node.type.name === "picture") return false
    if (node.isTextblock) first = at + 1
    return !node.isTextblock
  })
  return first
}

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "text*",
  draggable: true,
  isolating: true,

  addAttributes() {
    return {
      image: {
        default: null,
        parseHTML: (figure) => figure.dataset.image,
        renderHTML: ({ image }) => ({ "data-image": image }),
      },
    }
  },

  parseHTML() {
    return [
      {
        tag: "figure[data-image]",
        contentElement: (figure) =>
          figure.querySelector("figcaption") ?? document.createElement("figcaption"),
      },
    ]
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]]
  },

  addNodeView() {
    return (props) => new PictureView(props)
  },

  // Of what was pasted into a caption last; paste.js says it.
  addStorage() {
    return { paragraphs: 0 }
  },

  // Else its paragraphs would part the caption from what it had, and the picture from its gallery.
  onCreate() {
    const { doc, selection } = this.editor.state
    const text = selection.$from.parent.type.name === this.name ? firstText(doc) : null
    if (text !== null) this.editor.commands.setTextSelection(text)
    const handlePaste = (view, _event, slice) => {
      const { $from, $to, from, to } = view.state.selection
      if ($from.parent.type.name !== this.name || !$from.sameParent($to)) return false
      this.storage.paragraphs = paragraphsIn(slice)
      view.dispatch(view.state.tr.replaceWith(from, to, inOneLine(slice, view.state.schema)).scrollIntoView())
      return true
    }
    this.editor.view.setProps({ handlePaste })
  },

  // Enter in a caption goes on after the picture or its gallery; a caption is one paragraph.
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection
        if ($from.parent.type.name !== this.name) return false
        const inGallery = $from.node(-1).type.name === "gallery"
        const after = $from.after(inGallery ? -1 : undefined)
        return editor
          .chain()
          .insertContentAt(after, { type: "paragraph" })
          .setTextSelection(after + 1)
          .run()
      },
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: this.name,
      groups: "nodes",
      priority: 150,
      button: buttons.text("Insert picture", "Insert picture from the library"),
      command: (editor) =>
        choose(editor, (image) => insertBlock(editor, { type: this.name, attrs: { image } }, 1)),
      enabled: (editor) => Boolean(library(editor).library),
    })
  },
})
