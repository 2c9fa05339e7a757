// Asks before a page is left on which something was written and not sent.
const UNWRITTEN = new Set(["hidden", "submit", "button"]) // scripts write into what is hidden
const forms = [...document.querySelectorAll(".change-form form[method=post], .desk-write form")].filter(
  ({ elements }) => [...elements].some(({ type }) => !UNWRITTEN.has(type)),
)
const content = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]))
// What was refused is on the page again, and saved nowhere.
const refused = forms.length && document.querySelector(".errornote, .desk-write .desk-problem")
let before = null // what the forms held when the first key or button was pressed
let sent = null // a form: what was written into another beside it is not

function begin() {
  before ??= forms.map(content)
}

document.addEventListener("pointerdown", begin, { capture: true })
document.addEventListener("keydown", begin, { capture: true })
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.submitter?.formTarget !== "preview") sent = event.target
})
window.addEventListener("pageshow", () => { sent = null; })
window.addEventListener("beforeunload", (event) => {
  const lost = (form, at) => form !== sent && content(form) !== before[at]
  if (before && ((refused && !sent) || forms.some(lost))) event.preventDefault()
})
