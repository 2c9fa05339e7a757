// Asks before a page is left on which something was written and not sent.
const forms = [...document.querySelectorAll(".change-form form[method=post], .desk-write form")]
const content = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]))
let before = null // what the forms held when the first key or button was pressed
let sent = false

function begin() {
  // What was refused is on the page again, and saved nowhere.
  before ??= forms.map((form) => (document.querySelector(".errornote, .desk-write .desk-problem") ? "" : content(form)))
}

document.addEventListener("pointerdown", begin, { capture: true })
document.addEventListener("keydown", begin, { capture: true })
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.submitter?.formTarget !== "preview") sent = true
})
window.addEventListener("pageshow", () => { sent = false; })
window.addEventListener("beforeunload", (event) => {
  if (!sent && before && forms.some((form, at) => content(form) !== before[at])) event.preventDefault()
})
