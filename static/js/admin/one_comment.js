// The keys of the desk on a comment's own page. They press its buttons: then the page, with its log
// and what can be undone, is made anew.
import { KEYS, beside, go, isInSight, offerHelp, onKey } from "./desk_keys.js"

const row = document.querySelector(".desk-one > .desk-row")
const answer = document.getElementById("desk-answer")
const showHelp = offerHelp()
let isSent = false // until the page is here again, a second press would be about words nobody has seen

function press(key) {
  const verb = KEYS[key]
  const button = row.querySelector(verb ? `.desk-decide button[value="${verb}"]` : ".desk-row__last .desk-undo button")
  const pressed = button ?? (key === "a" ? row.querySelector(".desk-keep") : null) // it is on the page, and stays
  if (!pressed || isSent) return
  isSent = true
  pressed.click()
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
if (document.activeElement === document.body) {
  if (location.hash === "#write" && answer) go(answer)
  else row.focus({ preventScroll: true })
}
