// Many pictures with one press: one request a file, each with its progress and its own answer.
import { give, kept, pictures, takesMany } from "./chosen.js"

const form = document.querySelector("form.upload")
const input = form.querySelector("input[type=file]")
const drop = form.querySelector(".upload__drop")
const button = form.querySelector("input[type=submit]")
const section = document.querySelector(".upload-progress")
const list = section.querySelector(".outcomes")
const said = section.querySelector(".upload-progress__said")
const use = section.querySelector(".upload-progress__use")
const title = section.querySelector("h2")
const bar = section.querySelector("progress")
const stop = section.querySelector("button")
const LOGGED_OUT = 403 // what a login that ended is answered with
const LOG_IN = "You are not logged in any more: log in in a new tab, come back, and try again."
const LONGEST = Number(form.dataset.altLimit)
const WORDS = { in: "in the library", there: "there already", refused: "refused", unsent: "not sent" }

const create = (tag, className = "", text = "") =>
  Object.assign(document.createElement(tag), { className, textContent: text })

let waiting = [] // {file, row, shows, progress, state}
let counts = {}
let total = 0
let request = null
let running = false

form.classList.add("has-script")
form.querySelector(".upload__hint").hidden = false
form.querySelector(".upload__limit").hidden = true // a script sends one at a time
const BECAME = title.textContent
label()

// What a picture shows is typed while it waits, also while those before it travel.
function describe(file, typed) {
  const label = create("label", "outcome__shows", "What it shows, for readers who cannot see it (alternative text)")
  label.append(create("span", "visually-hidden", ` of ${file.name}`))
  const shows = create("input", "vTextField")
  Object.assign(shows, { type: "text", value: typed })
  // Else Enter would send all of them.
  shows.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
  label.append(shows)
  return { label, shows }
}

// What is too long waits until it is shortened: a field that knows its limit cuts it off unsaid.
const fits = ({ shows }) => shows.value.length <= LONGEST

function tell(one) {
  one.shows.ariaInvalid = String(!fits(one))
  one.state.textContent = fits(one)
    ? "Waiting"
    : `${LONGEST} characters at most, and this has ${one.shows.value.length}: shorten it.`
}

// Drawn here, so that nothing has to travel before it is seen; a format the browser cannot read
// is not drawn.
async function draw(file) {
  const still = create("canvas", "outcome__still")
  Object.assign(still, { width: 240, height: 180, ariaHidden: "true" })
  try {
    const picture = await createImageBitmap(file, { resizeHeight: 180, resizeQuality: "medium" })
    const width = Math.min(240, picture.width)
    const height = (picture.height * width) / picture.width
    still.getContext("2d").drawImage(picture, (240 - width) / 2, (180 - height) / 2, width, height)
    picture.close()
    return still
  } catch {
    return ""
  }
}

function queue(files, typed = "") {
  for (const file of files) {
    const row = create("li", "outcome outcome--waiting")
    const words = create("div", "outcome__words")
    const name = create("p", "", file.name)
    const progress = Object.assign(create("progress"), { max: 1, value: 0, ariaLabel: file.name })
    const state = create("span", "outcome__state", "Waiting")
    const { label, shows } = describe(file, typed)
    words.append(name, label, progress, " ", state)
    row.append(words)
    draw(file).then((still) => row.prepend(still))
    list.append(row)
    const each = { file, row, shows, progress, state }
    shows.addEventListener("input", () => tell(each))
    tell(each)
    waiting.push(each)
  }
  total += files.length
  section.hidden = total === 0
  if (!running && !done()) title.textContent = "To be added"
  label()
  if (running || !files.length) return
  said.textContent = `${waiting.length} chosen. Press “${button.value}”.`
  waiting[0].row.scrollIntoView({ block: "nearest" })  // on a phone it is far below
}

function label() {
  const count = waiting.length
  button.parentElement.hidden = !count
  button.value = count === 1 ? "Add 1 picture" : count ? `Add ${count} pictures` : "Add pictures"
}

function send(one) {
  const data = new FormData(form)
  data.delete("files")
  data.append("files", one.file, one.file.name)
  data.set("alt_text", one.shows.value)
  return new Promise((resolve, reject) => {
    request = new XMLHttpRequest()
    request.open("POST", form.getAttribute("action") || location.href)
    request.setRequestHeader("Accept", "application/json")
    request.upload.addEventListener("progress", ({ loaded, total: size }) => {
      one.progress.value = loaded / size
      one.state.textContent = `${Math.round((loaded / size) * 100)} %`
      advance(loaded / size)
    })
    request.upload.addEventListener("load", () => {
      one.progress.removeAttribute("value") // the server looks at it now
      one.state.textContent = "Being read"
    })
    request.addEventListener("load", () => {
      try {
        resolve(JSON.parse(request.responseText))
      } catch {
        reject(new Error(request.status === LOGGED_OUT ? LOG_IN : "The server could not answer. Try again in a minute."))
      }
    })
    request.addEventListener("error", () => reject(new Error("The connection broke.")))
    request.addEventListener("abort", () => reject(new Error("Stopped.")))
    request.send(data)
  })
}

const done = () => Object.values(counts).reduce((sum, count) => sum + count, 0)

function advance(part = 0) {
  bar.value = total ? (done() + part) / total : 0
}

function count(word) {
  counts[word] = (counts[word] ?? 0) + 1
  advance()
  said.textContent = `${done()} of ${total} done: ${summary()}.`
}

const summary = () =>
  Object.entries(WORDS)
    .filter(([word]) => counts[word])
    .map(([word, words]) => `${counts[word]} ${words}`)
    .join(", ")

// A row that says why, and lets the file be sent again where that may help.
function fail(one, words, again) {
  const row = create("li", "outcome outcome--refused")
  const paragraph = create("p", "", words)
  if (again) {
    const retry = Object.assign(create("button", "button", "Try again"), { type: "button" })
    retry.addEventListener("click", () => {
      row.remove()
      counts.unsent -= 1
      total -= 1
      queue([one.file], one.shows.value)
      work()
    })
    paragraph.append(" ", retry)
  }
  const body = create("div", "outcome__words")
  body.append(paragraph)
  row.append(body)
  one.row.replaceWith(row)
  count(again ? "unsent" : "refused")
}

async function one(next) {
  const { file } = next
  next.row.className = "outcome outcome--going"
  next.shows.readOnly = true
  if (file.size > Number(form.dataset.mostBytes)) {
    const most = form.dataset.mostMegabytes
    fail(next, `“${file.name}” is larger than ${most} MB. Export a smaller copy.`, false)
    return
  }
  try {
    const { outcomes = [], errors = [] } = await send(next)
    if (!outcomes.length) throw new Error(errors.join(" ") || "The server took nothing in.")
    next.row.insertAdjacentHTML("beforebegin", outcomes[0].html)
    next.row.remove()
    count(outcomes[0].word)
  } catch (error) {
    fail(next, `“${file.name}” was not sent. ${error.message}`, true)
  }
}

// Nothing is sent while its words are being typed.
const left = (input) => new Promise((resolve) => input.addEventListener("blur", resolve, { once: true }))

async function work() {
  if (running) return
  running = true
  title.textContent = BECAME
  section.querySelector(".upload-progress__all").hidden = false
  stop.hidden = false
  while (waiting.length) {
    const isTyped = ({ shows }) => shows === document.activeElement
    const next = waiting.find((each) => fits(each) && !isTyped(each))
    if (!next) {
      const typed = waiting.find(isTyped)
      if (!typed) break // what is left is too long
      await left(typed.shows)
      continue
    }
    waiting.splice(waiting.indexOf(next), 1)
    label()
    await one(next)
  }
  running = false
  request = null
  stop.hidden = true
  offerAll()
  offerWords()
  const [long] = waiting
  if (long) said.textContent = `Shorten what is too long, then press “${button.value}”.`
  else said.textContent = `Finished. ${total} ${total === 1 ? "file" : "files"}: ${summary()}.`
  ;(long?.shows ?? title).focus()
  if (!long) section.scrollIntoView()
}

function take() {
  queue([...input.files])
  input.value = ""
}

input.addEventListener("change", take)
if (input.files.length) take()  // chosen before this script was there

form.addEventListener("submit", (event) => {
  event.preventDefault()
  if (waiting.length) work()
  else input.focus()
})

stop.addEventListener("click", () => {
  const others = waiting
  waiting = []
  for (const each of others) fail(each, `“${each.file.name}” was not sent. Stopped.`, true)
  label()
  request?.abort()
})

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault()
    drop.classList.add("is-over")
  })
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.remove("is-over"))
}
drop.addEventListener("drop", (event) => {
  event.preventDefault()
  queue([...event.dataTransfer.files])
})
// A file dropped beside the zone would replace the page, and what is going on with it.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault())
window.addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault()
})

// Into a gallery go all of them with one press, after those that were chosen in the library.
const added = () => [...list.querySelectorAll("[data-choose]")].map(({ dataset }) => dataset.choose)

function offerAll() {
  const number = new Set([...kept(), ...added()]).size
  if (number < 2 || !takesMany()) return
  use.hidden = false
  use.firstElementChild.textContent = `Use all ${pictures(number)}`
}

// What some of them still lack is written on one page; the list of pictures is asked for it.
function offerWords() {
  const asks = document.getElementById("words_of_added")
  const lacking = [...list.querySelectorAll("[data-lacks]")].map(({ dataset }) => dataset.lacks)
  if (!asks || !lacking.length) return
  asks.querySelectorAll("[name=_selected_action]").forEach((ticked) => ticked.remove())
  for (const value of lacking) {
    asks.append(Object.assign(create("input"), { type: "hidden", name: "_selected_action", value }))
  }
  section.querySelector(".upload-progress__words").hidden = false
}

use.firstElementChild.addEventListener("click", () => give([...kept(), ...added()]))

list.addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-choose]")
  if (chosen) give([...kept(), chosen.dataset.choose])
})
