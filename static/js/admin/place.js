// After “Save” whoever writes goes on where they were: the page comes back as far down as it was, with
// the cursor in its place, and says beside the buttons that it was saved.
const KEPT = "place in the form"
const form = document.querySelector("#review_form, #article_form")
const buttons = document.querySelector(".desk-buttons")
const BODY = "id_body"
let editor = null
let last = "" // the field that was written in

// Of what was written in: what stands above it may be of another height.
function top() {
  if (last === BODY) return editor.view.coordsAtPos(editor.state.selection.from).top
  return (document.getElementById(last) ?? form).getBoundingClientRect().top
}

function keep() {
  const { from, to } = editor?.state.selection ?? {}
  const field = document.getElementById(last)
  const at = last === BODY ? { from, to } : { from: field?.selectionStart, to: field?.selectionEnd }
  sessionStorage.setItem(KEPT, JSON.stringify({ top: top(), last, ...at }))
}

function say() {
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  const note = Object.assign(document.createElement("p"), { className: "desk-told" })
  note.setAttribute("role", "status")
  buttons.append(note)
  note.textContent = `Saved at ${time}.` // said once it is there
  form.addEventListener("input", () => note.remove(), { once: true })
}

function enter({ from, to }) {
  if (last === BODY) {
    const { size } = editor.state.doc.content
    editor.commands.setTextSelection({ from: Math.min(from, size), to: Math.min(to, size) })
    editor.commands.focus(null, { scrollIntoView: false })
  } else {
    const field = document.getElementById(last)
    field?.focus({ preventScroll: true })
    if (from != null) field?.setSelectionRange(from, to)
  }
}

function goOn() {
  const place = JSON.parse(sessionStorage.getItem(KEPT))
  sessionStorage.removeItem(KEPT)
  if (!place || !document.querySelector(".messagelist .success") || document.querySelector(".errornote")) return
  last = place.last
  enter(place)
  scrollBy({ top: top() - place.top, behavior: "instant" })
  say()
}

document.addEventListener("prose-editor:ready", ({ detail }) => {
  editor = detail.editor
  // Once it has taken the place of the field that it is made of, and all scripts have their lists.
  editor.on("create", () => requestAnimationFrame(() => setTimeout(goOn)))
})
form?.addEventListener("focusin", ({ target }) => {
  if (target.closest(".tiptap")) last = BODY
  else if (target.matches("textarea[id], input[type=text][id]")) last = target.id
})
form?.addEventListener("submit", ({ submitter, defaultPrevented }) => {
  if (submitter?.name === "_continue" && !defaultPrevented) keep()
})
