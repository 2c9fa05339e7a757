// A field that holds a picture of the library: shows and says what was chosen in the place of its
// number, and takes it out again.
import { beginning } from "./about.js"

function show(field) {
  const input = field.querySelector("input")
  const id = /^[1-9][0-9]*$/.test(input.value) ? input.value : ""
  field.classList.toggle("has-picture", Boolean(id))
  const before = field.querySelector("img")
  if (!id) return before?.remove()
  const still = before ?? field.insertBefore(new Image(), field.firstChild)
  still.id = `${input.id}-still`
  still.className = "picture-field__still"
  still.alt = ""
  still.src = field.dataset.thumbnail.replace("/0/", `/${id}/`)
  describe(still, field.dataset.facts.replace("/0/", `/${id}/`))
}

async function describe(still, address) {
  const { src } = still
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null)
  const facts = answer?.ok ? await answer.json() : {}
  if (still.src === src) still.alt = facts.alt_text || `A picture not described yet. ${facts.credit_line ?? ""}`
}

for (const field of document.querySelectorAll(".picture-field")) {
  const input = field.querySelector("input")
  const choose = field.querySelector(".related-lookup")
  const clear = field.querySelector(".picture-field__clear")
  const name = input.labels[0]?.textContent.replace(/:\s*$/, "").trim()
  for (const button of [choose, clear]) button.ariaLabel = `${button.textContent}: ${name}`
  // Its number is no word: it is neither seen nor heard. Links to the field lead to the button beside
  // it, which says what is chosen and what is wrong. Without a script it is typed in.
  input.classList.add("visually-hidden")
  input.tabIndex = -1
  input.ariaHidden = "true"
  input.addEventListener("focus", () => choose.focus())
  choose.setAttribute("aria-describedby", `${input.id}-still ${input.getAttribute("aria-describedby") ?? ""}`.trim())
  // Before Django's own listener, which opens the window.
  choose.addEventListener("click", () => (choose.href = beginning(choose.href)))
  // Django's window for choosing tells the input through jQuery.
  django.jQuery(input).on("change", () => show(field))
  clear.addEventListener("click", () => {
    input.value = ""
    show(field)
    choose.focus() // what was pressed is gone
  })
  show(field)
}
