// Tells the server that somebody is writing, so that the login does not end meanwhile; and says
// at once, not after “Save”, when it has ended all the same. Whoever logs in again in another tab
// and comes back finds the page as it was, and can send it: its forms get the new login's token.
const EVERY = 4 * 60 * 1000 // milliseconds; the shortest idle time that can be set is five minutes

const { alive, login, said, link, offline } = document.currentScript.dataset
let asked = Date.now()

async function ask(every = EVERY) {
  if (Date.now() - asked < every) return
  asked = Date.now()
  try {
    const answer = await fetch(alive, { redirect: "manual", cache: "no-store" })
    if (answer.type === "opaqueredirect" || answer.status === 403) warn()
    else if (answer.ok) welcome(answer.headers.get("X-CSRFToken")) // no proxy whose server is away
  } catch {
    // No network: the next key asks again.
    asked = 0
  }
}

function welcome(token) {
  document.getElementById("login-ended")?.remove()
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = token
}

function warn() {
  if (document.getElementById("login-ended")) return
  const note = Object.assign(document.createElement("p"), { id: "login-ended", className: "errornote" })
  note.setAttribute("role", "alert")
  const way = Object.assign(document.createElement("a"), { href: login, target: "_blank", textContent: link })
  note.append(`${said} `, way)
  document.getElementById("content")?.prepend(note)
}

// Sent without a network, a page would give way to the browser's own, which says so. What the browser
// takes for none may be one still, such as to a server on the same machine: that is asked first.
let sending = false

async function sendOnline(form, button) {
  try {
    await fetch(alive, { redirect: "manual", cache: "no-store" })
  } catch {
    return sayOffline(form)
  }
  document.getElementById("offline")?.remove()
  sending = true
  form.requestSubmit(button)
  sending = false
}

function sayOffline(form) {
  document.getElementById("offline")?.remove()
  const row = form.querySelector(".desk-buttons")
  const note = Object.assign(document.createElement("p"), { id: "offline", className: row ? "desk-told desk-told--wrong" : "errornote" })
  note.setAttribute("role", "alert")
  if (row) row.append(note)
  else form.prepend(note)
  note.textContent = offline
}

document.addEventListener("submit", (event) => {
  if (sending || navigator.onLine || event.target.method !== "post") return
  event.preventDefault()
  event.stopPropagation() // nothing is sent: no other script takes it for that
  sendOnline(event.target, event.submitter)
}, { capture: true })
window.addEventListener("online", () => document.getElementById("offline")?.remove())
document.addEventListener("input", () => ask())
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask(0))
