// The keys of the desk on a comment's own page. They press its buttons: then the page, with its log
// and what can be undone, is made anew.
import { KEYS, beside, go, isInSight, offerHelp, onKey } from "./desk_keys.js"

const row = document.querySelector(".desk-one > .desk-row")
const answer = document.getElementById("desk-answer")
const showHelp = offerHelp()
let isSent = false // until the page is here again, a second press would be about words nobody has seen

function press(key) {
  const verb = KEYS[key]
  const button = row.querySelector(verb ? `.desk-decide button[value="${verb}"]` : ".desk-undo button")
  if (!verb && !button?.closest(".desk-undo--own")) return button?.focus() // a colleague's: whose it is, is read first
  const pressed = button ?? (key === "a" ? row.querySelector(".desk-keep") : null) // it is on the page, and stays
  if (!pressed || isSent) return
  isSent = true
  pressed.click()
}

// A saved answer goes to where one writes, with a line between it and what stands before.
function putIn(select) {
  const { text } = select.selectedOptions[0].dataset
  if (!text) return select.focus()
  const before = answer.value.slice(0, answer.selectionStart).trimEnd()
  answer.setRangeText(`${before && "\n\n"}${text}`, before.length, answer.selectionEnd, "end")
  answer.dispatchEvent(new InputEvent("input", { bubbles: true })) // it is kept, as what is typed
  select.value = ""
  answer.focus()
}

const saved = document.getElementById("desk-saved")
if (saved) {
  saved.removeAttribute("name") // what is only chosen is not written
  document.querySelector(".desk-saved button").addEventListener("click", (event) => {
    event.preventDefault()
    putIn(saved)
  })
}

onKey((key) => {
  if (key === "?") showHelp()
  else if (key === "e" && answer) go(answer)
  else if (key === "j" || key === "k") location.assign(beside(key === "j" ? 1 : -1) ?? document.querySelector(".desk-back").href)
  else if (!KEYS[key] && key !== "u") return false
  else if (!isInSight(row)) go(row) // nothing is decided unseen
  else press(key)
  return true
})

addEventListener("pageshow", () => { isSent = false })
// Whoever came to answer has the focus in that field already, from the address.
if (document.activeElement === document.body && !location.hash) row.focus({ preventScroll: true })
