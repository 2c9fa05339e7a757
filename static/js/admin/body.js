// The body's menu in plain words, and a way to it from the checklist and the label.
const WORDS = {
  bold: "Bold (Ctrl+B)",
  italic: "Italic (Ctrl+I)",
  link: "Link the selected words (Ctrl+K)",
  unlink: "Remove the link",
  bulletList: "List",
  orderedList: "Numbered list",
  orderedListProperties: "How the list is numbered",
  blockquote: "Quotation",
  horizontalRule: "Dividing line",
  "history:undo": "Undo (Ctrl+Z)",
  "history:redo": "Redo (Ctrl+Shift+Z)",
}

// What the editor's own window for a link says. Words that appear under a pointer alone are none
// for readers on phones.
const LINK = { "Edit Link": "Link", URL: "Web address", Update: "Done" }

function sayLink(dialog) {
  if (!dialog?.querySelector("input[name=href]")) return
  for (const said of dialog.querySelectorAll("h3, label, button")) {
    said.textContent = LINK[said.textContent] ?? said.textContent
  }
  dialog.querySelector("input[name=title]").closest(".prose-editor-dialog-field").hidden = true
}

// The choice of paragraph or heading, whose button shows what the cursor stands in.
const KINDS = { paragraph: "Paragraph", heading2: "Heading", heading3: "Smaller heading" }

// What shows by its colour alone is said too: that a press undoes what is already so, and that it does nothing.
const TOGGLES = new Set(["bold", "italic", "bulletList", "orderedList", "blockquote", "pullQuote", "phrase"])

function sayState(menu, { state }) {
  for (const button of menu.querySelectorAll(".prose-menubar__button[data-name]")) {
    const is = (state) => String(button.classList.contains(state))
    button.ariaDisabled = is("disabled")
    if (TOGGLES.has(button.dataset.name)) button.ariaPressed = is("active")
  }
  const kind = menu.querySelector(".prose-menubar__selected button") // the editor makes it anew, or leaves it
  if (kind) kind.dataset.kind ??= kind.dataset.level ? `heading${kind.dataset.level}` : kind.title
  const words = kind && KINDS[kind.dataset.kind]
  if (words) Object.assign(kind, { title: words, ariaLabel: `${words}: choose another kind`, ariaHasPopup: "true" })
  else if (kind) {
    // The editor's own question mark would promise help.
    const title = state.selection.$from.parent.type.name === "picture" ? "Caption" : "Neither paragraph nor heading"
    Object.assign(kind, { textContent: "more_horiz", title, ariaLabel: title, ariaHasPopup: "true" })
  }
}

// Tab stops at it once, as at any toolbar: from button to button lead the arrows. What it stops at is
// what had the focus last.
function rove(menu) {
  const buttons = () => [...menu.querySelectorAll(".prose-menubar__button")].filter((each) => each.checkVisibility())
  let stop = null
  const settle = () => {
    const shown = buttons()
    if (!shown.includes(stop)) stop = shown[0]
    for (const button of shown) button.tabIndex = button === stop ? 0 : -1
  }
  menu.addEventListener("focusin", ({ target }) => {
    if (!buttons().includes(target)) return
    stop = target
    settle()
  })
  menu.addEventListener("keydown", (event) => {
    const shown = buttons()
    const at = shown.indexOf(event.target)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const last = shown.length - 1
    const to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    shown[to].focus()
  })
  return settle
}

function dress(editor, textarea) {
  const field = textarea.closest(".prose-editor")
  for (const [name, words] of Object.entries(WORDS)) {
    const button = field.querySelector(`.prose-menubar [data-name="${name}"]`)
    if (!button) continue
    button.title = words
    button.ariaLabel = words
  }
  for (const [name, words] of Object.entries(KINDS)) {
    const option = field.querySelector(`.prose-menubar__option[data-name="${name}"]`)
    if (option) option.firstElementChild.textContent = words
  }
  const menu = field.querySelector(".prose-menubar")
  menu.role = "toolbar"
  menu.ariaLabel = "Formatting"
  const settle = rove(menu)
  const follow = () => {
    sayState(menu, editor)
    settle()
  }
  editor.on("transaction", follow) // after the menu's own
  follow()
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  editor.view.dom.role = "textbox"
  editor.view.dom.ariaMultiLine = "true"
  editor.view.dom.ariaLabel = label?.textContent.replace(/:\s*$/, "") || "Body"

  // The line with the cursor is never behind what sticks to the window above and below it.
  const buttons = document.querySelector(".desk-buttons")
  const over = (bar) => (bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0) + 8
  const room = { get top() { return over(menu) }, get bottom() { return over(buttons) }, left: 0, right: 0 }
  editor.view.setProps({ scrollThreshold: room, scrollMargin: room })
  // Where the browser is slow to say that a key moved the cursor, it scrolls by itself.
  document.documentElement.style.scrollPadding = `${room.top}px 0 ${room.bottom}px`

  const opened = new MutationObserver(() => sayLink(field.querySelector("dialog")))
  opened.observe(editor.view.dom.parentElement, { childList: true })

  const enter = (event) => {
    event.preventDefault()
    field.scrollIntoView({ block: "center" })
    editor.commands.focus()
  }
  label?.addEventListener("click", enter)
  for (const link of document.querySelectorAll(`a[href="#${textarea.id}"]`)) {
    link.addEventListener("click", enter)
  }
}

// Its words are broken into lines, set and spelt as on the page: in the language of the piece, which
// is typed by its tag or its name.
const WRITTEN = "#id_headline, #id_standfirst, #id_verdict"
const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i

function speak(editor) {
  const field = document.querySelector("#id_language")
  if (!field) return
  const tell = () => {
    const said = field.value.trim()
    const named = [...field.list.options].find(({ text }) => text.toLowerCase() === said.toLowerCase())
    const tag = named?.value ?? (TAG.test(said) ? said : "")
    for (const each of [editor.view.dom, ...document.querySelectorAll(WRITTEN)]) each.lang = tag
  }
  field.addEventListener("input", tell)
  tell()
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  editor.on("create", () => {
    dress(editor, textarea) // the menu is made just before
    speak(editor)
  })
})
