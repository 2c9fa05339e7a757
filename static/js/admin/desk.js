// One key a decision: what is pressed on the desk is sent in the background. Where that fails the
// page's own form takes over, with everything chosen so far still in it.
import { KEYS, go, isInSight, keepOrder, offerHelp, onKey } from "./desk_keys.js"

const form = document.getElementById("desk-form")
const voice = document.getElementById("desk-voice")
const rows = [...document.querySelectorAll("#desk-rows .desk-row")]
const PATIENCE = 10_000 // milliseconds until an answer is given up
const STILL_HERE = 10_000 // milliseconds between two words that this page is still looked at
const LOGGED_OUT = new Set([401, 403]) // what a session that ended is answered with
const LOG_IN = "You are not logged in any more: log in in a new tab, then"
let showHelp = () => {} // where nothing waits there are no keys to show
const acts = [] // what was decided from this page, or is on its way, and can be undone; the newest last

const say = (words) => { voice.textContent = words }
const author = (row) => row.querySelector(".desk-row__author").textContent.trim()
const isOpen = (row) => !row.matches(".desk-row--done, .desk-row--sending")
const asSeen = ({ dataset }) => `${dataset.which}:${dataset.version}:${dataset.reports}`
const isLoggedOut = ({ message }) => message === "logged out"
const current = () => rows.find((row) => row.contains(document.activeElement))

function move(step) {
  const at = rows.indexOf(current())
  if (at < 0) return rejoin()
  go(rows[Math.min(Math.max(at + step, 0), rows.length - 1)])
}

// The focus comes to where one looks, from where it was left.
function rejoin(row) {
  const seen = rows.find((one) => isOpen(one) && isInSight(one)) ?? row
  seen ? go(seen) : onwards(rows.at(-1))
}

function onwards(row) {
  const at = rows.indexOf(row)
  const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find(isOpen)
  next ? go(next) : offerMore()?.focus()
}

function offerMore() {
  const more = document.querySelector(".desk-more")
  more?.removeAttribute("hidden")
  return more
}

async function post(address, facts) {
  const body = new URLSearchParams(facts)
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
    redirect: "error", // to the login, when the session ended
    keepalive: true, // what was pressed is sent, though the page is left at once
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (!answer.ok) throw new Error(LOGGED_OUT.has(answer.status) ? "logged out" : `answer ${answer.status}`)
  return answer.json()
}

// What is decided shrinks: the comment that has the focus stays where it is.
function tell(row, words, state) {
  const place = () => current()?.getBoundingClientRect().top ?? 0
  const before = place()
  row.querySelector(".desk-row__said").textContent = words
  row.classList.remove("desk-row--sending", "desk-row--done", "desk-row--late")
  if (state) row.classList.add(`desk-row--${state}`)
  scrollBy(0, place() - before)
}

// Where something is chosen in the form, all of it is in sight: whoever comes back to what was not
// saved finds it there again.
function showWhatIsChosen() {
  const chosen = document.querySelector(".desk-choice input:enabled:checked:not([value=''])")
  document.body.classList.toggle("desk-live", !chosen)
}

// What could not be sent is chosen in the form instead, which then is shown.
function fallBack(row, verb, error) {
  const radio = row.querySelector(`input[type=radio][value="${verb}"]`)
  if (radio) radio.checked = true
  showWhatIsChosen()
  const first = isLoggedOut(error) ? LOG_IN : "It is chosen here:"
  tell(row, `Not sent. ${first} press “Save what is chosen on this page”.`, "late")
  say(`Not sent: ${author(row)}. It is chosen in the form at the end of the page.`)
}

async function decide(row, verb) {
  if (!isOpen(row)) return row.matches(".desk-row--done") && onwards(row) // a colleague was quicker
  if (!row.querySelector(`.desk-press button[value="${verb}"]`)) {
    if (verb === "approve") row.querySelector(".desk-keep")?.click() // it is on the page, and stays
    return
  }
  tell(row, "Sending…", "sending")
  const reason = row.querySelector("textarea").value
  const made = { row, sent: post(form.action, { verb, comment: asSeen(row), reason }) }
  acts.push(made)
  onwards(row)
  try {
    const { done, conflicts, told } = await made.sent
    if (done.length) return decided(made, done[0], told)
    late(row, conflicts[0]?.sentence ?? "It is not here any more.")
  } catch (error) {
    fallBack(row, verb, error)
  }
  forget(made)
}

function forget(made) {
  const at = acts.indexOf(made)
  if (at >= 0) acts.splice(at, 1)
}

// `told`: what a mail or Akismet had said of it before, if either had.
function decided(made, { version, did, act }, told) {
  const { row } = made
  made.act = act
  row.dataset.version = version
  choice(row).disabled = true
  tell(row, `${did[0].toUpperCase()}${did.slice(1)}. ${told}`, "done")
  offerUndo(made)
  say(`${author(row)}: ${did}. ${told}`)
}

// For a thumb; U does the same.
function offerUndo(made) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "desk-button desk-row__undo"
  button.textContent = "Undo"
  button.setAttribute("aria-label", `Undo: the comment by ${author(made.row)}`)
  button.addEventListener("click", () => undo(made))
  made.row.append(button)
}

function late(row, sentence) {
  close(row, sentence)
  say(sentence)
}

function close(row, sentence) {
  choice(row).disabled = true
  tell(row, sentence, "done")
  row.classList.add("desk-row--late")
}

const choice = (row) => row.querySelector(".desk-choice")

// What was decided about the comment that has the focus, or else what was decided last.
const undoable = () => acts.find(({ row }) => row === current()) ?? acts.at(-1)

async function undo(last = undoable()) {
  if (!acts.includes(last)) return say("Nothing to undo on this page.")
  forget(last)
  go(last.row) // at once: what is pressed next is not meant for another
  await last.sent.catch(() => {})
  if (!last.act) return // it was not decided, and its row says why
  last.row.querySelector(".desk-row__undo").remove()
  tell(last.row, "Sending…", "sending")
  try {
    const { done, conflicts, told } = await post(form.dataset.undo, { act: last.act })
    if (!done.length) return late(last.row, conflicts[0]?.sentence ?? "Nothing of it is left to undo.")
    last.row.dataset.version = done[0].version
    const hidden = last.row.querySelector("input[name=comment]")
    hidden.value = asSeen(last.row)
    choice(last.row).disabled = false
    tell(last.row, `Undone: ${done[0].did}. ${told}`)
    say(`${author(last.row)}: undone. ${told}`)
    go(last.row)
  } catch (error) {
    acts.push(last)
    const next = isLoggedOut(error) ? `${LOG_IN} undo it again` : "Try again, or load the page anew"
    say(`The undo was not sent. ${next}.`)
    tell(last.row, `The undo was not sent. ${next}.`, "done")
    offerUndo(last)
  }
}

onKey((key) => {
  const row = current()
  if (row && "jkears".includes(key) && !isInSight(row)) rejoin(row) // nothing is decided unseen
  else if (key === "?") showHelp()
  else if (key === "j") move(1)
  else if (key === "k") move(-1)
  else if (key === "u") undo()
  else if (key === "e" && row) row.querySelector(".desk-row__edit").click()
  else if (KEYS[key] && row) decide(row, KEYS[key])
  else if (KEYS[key]) move(1)
  else return false
  return true
})

document.getElementById("desk-rows").addEventListener("click", (event) => {
  // Whoever comes back from a link finds the focus at the comment they left.
  const row = event.target.closest(".desk-row")
  if (row && event.target.closest("a")) history.replaceState({ row: row.id }, "")
  const button = event.target.closest(".desk-press button")
  if (!button || !document.body.classList.contains("desk-live")) return
  event.preventDefault()
  decide(row, button.value)
})

async function stillHere() {
  if (document.hidden || !rows.some(isOpen)) return
  const seen = new Map(rows.filter(isOpen).map((row) => [row, asSeen(row)]))
  try {
    const facts = [...seen.values()].map((one) => ["comment", one])
    const { others, since } = await post(form.dataset.look, facts)
    for (const [row, before] of seen) {
      const meanwhile = since[row.dataset.comment]
      const isAsBefore = isOpen(row) && asSeen(row) === before && !row.querySelector("textarea")?.value
      if (meanwhile && isAsBefore) row === current() ? late(row, meanwhile) : close(row, meanwhile)
      const names = others[row.dataset.comment] ?? []
      const line = row.querySelector(".desk-row__others")
      line.hidden = !names.length
      line.textContent = names.length ? `${names.join(", ")} also on this comment.` : ""
    }
    if (!rows.some(isOpen)) offerMore()
  } catch {
    // a courtesy: the next word will do
  }
}

if (form) {
  showHelp = offerHelp()
  keepOrder(rows.map((row) => row.querySelector(".desk-row__age").href))
  showWhatIsChosen()
  addEventListener("pageshow", showWhatIsChosen) // a browser puts back what was chosen after the script ran
  setInterval(stillHere, STILL_HERE)
  // What a press did is told above the rows, which on a telephone then stay where they are.
  const told = document.querySelector(".messagelist")
  const left = rows.find(({ id }) => id === history.state?.row)
  if (document.activeElement === document.body) told ? rows[0]?.focus({ preventScroll: true }) : go(left ?? rows[0])
}
