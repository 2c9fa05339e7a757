// What is written into a form is kept in this browser until it is saved, so that no closed tab, dead
// battery or lost network takes it along. Once that is saved a cookie names the copy to forget
// (reviews/admin/unsaved.py).
import { all, drop, put as store } from "./copies.js"

const NOT_WRITTEN = new Set(["hidden", "file", "submit", "button", "fieldset"])
const ROW = /^(.+)-[0-9]+-/ // of a list in the form, such as the bylines
const PAUSE = 1000 // milliseconds without a key until the copy is written
const MONTH = 30 * 24 * 60 * 60 * 1000 // a copy that nobody came back for in this time is dropped, whoever's
const EMPTY = "<p></p>" // what the editor says of no words
const COOKIE = /(?:^|;\s*)saved_copies=([0-9a-z.-]+)/

const form = document.querySelector("#content-main form[id$=_form]")
const { writer } = document.querySelector("[data-writer]")?.dataset ?? {} // a key: names are shared
const { jQuery } = window.django ?? {} // where the form has lists that are looked through by typing
const REFUSED = ".errornote, .desk-problem"
// Where what was refused is answered under another address, its form says of which page it is.
const here = `unsaved ${writer} ${form?.dataset.page ?? location.pathname} `
let id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10).padEnd(8, "0")}`
let editor = null
let timer = 0
let opened = null // what the form said when it came, unless it was refused

const field = (name) => form.elements[name]
const written = ({ name, type }) => name && !NOT_WRITTEN.has(type) && !name.includes("__prefix__")
const said = (held) => (held && held.length !== 0 ? JSON.stringify(held) : "")
const same = (copy, now) => Object.keys(copy).every((name) => said(copy[name]) === said(now[name]))

// What is chosen in a list goes with its name: one that is looked through by typing knows no other.
function value(control) {
  if (control.type === "checkbox") return control.checked
  if (control.type === "radio") return field(control.name).value
  if (!control.options) return control.value === EMPTY ? "" : control.value
  return [...control.selectedOptions].filter((option) => option.value).map(({ value, text }) => [value, text])
}

const words = () =>
  Object.fromEntries([...form.elements].filter(written).map((control) => [control.name, value(control)]))

// All but those that are saved now, and those that are too old; these are dropped.
async function left() {
  const saved = COOKIE.exec(document.cookie)?.[1].split(".") ?? []
  const isOver = ([key, { at }]) => saved.some((each) => key.endsWith(` ${each}`)) || !(Date.now() - at < MONTH)
  const copies = await all()
  copies.filter(isOver).forEach(([key]) => drop(key))
  if (saved.length) document.cookie = "saved_copies=; path=/admin/; max-age=0"
  return copies.filter((each) => !isOver(each))
}

function keep() {
  clearTimeout(timer)
  timer = 0
  const now = words()
  if (opened && same(opened, now) && same(now, opened)) return drop(here + id)
  store(here + id, { at: Date.now(), words: now })
}

function keepSoon() {
  clearTimeout(timer)
  timer = setTimeout(keep, PAUSE)
}

function choose(select, chosen) {
  for (const [of, text] of chosen) {
    if (![...select.options].some((option) => option.value === of)) select.add(new Option(text, of))
  }
  for (const option of select.options) option.selected = chosen.some(([of]) => of === option.value)
}

function set(control, to) {
  if (control.type === "checkbox") control.checked = to
  else if (control.options && Array.isArray(to)) choose(control, to)
  else control.value = to // of stars, the group
  if (control.tagName) jQuery?.(control).trigger("change") // what shows it looks again
}

// A row that is not there yet is added as its writer would.
function adder(name) {
  const [, list] = ROW.exec(name) ?? []
  return list && document.querySelector(`#${list}-group .add-row a`)
}

function controlOf(name) {
  if (!field(name)) adder(name)?.click()
  return field(name)
}

// A page on which something is written of many has the address of all such pages: its rows are others.
// A field that is gone, as what stands beside a button goes with it, hides nothing else that was written.
const isOfThisForm = ({ words: copy }) =>
  Object.keys(copy).every((name) => !ROW.test(name) || field(name) || adder(name))

function put(copy) {
  const now = words()
  for (const [name, to] of Object.entries(copy)) {
    const control = controlOf(name)
    if (control && said(now[name]) !== said(to)) set(control, to)
  }
  if ("body" in copy) editor?.commands.setContent(copy.body)
  jQuery?.(form).trigger("change") // the checklist looks again
}

const when = (at) => new Date(at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })

const button = (text, onclick) =>
  Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text, onclick })

const firstWords = (html = "") => {
  const { body } = new DOMParser().parseFromString(html.replaceAll(/<(?!\/?(em|strong|a|span)\b)/g, " <"), "text/html")
  const text = body.textContent.trim().replaceAll(/\s+/g, " ")
  return text.length > 60 ? `${text.slice(0, 60).trim()}…` : text
}

// One line for each copy. Putting it back trades places with what the form says: nothing is lost.
function offer(key, copy) {
  const note = Object.assign(document.createElement("div"), { className: "unsaved" })
  const line = document.createElement("p")
  const { headline, title, name, body, text } = copy.words
  const begin = [headline, title, name].find((words) => words?.trim()) || firstWords(body ?? text)
  line.textContent = `Written here on ${when(copy.at)} and never saved${begin ? `: ${begin}` : "."}`
  let other = copy.words
  const trade = button("Put it back", () => {
    const now = words()
    put(other)
    other = now
    trade.textContent = trade.textContent === "Put it back" ? "Take it out again" : "Put it back"
    keep()
    drop(key)
    away.hidden = true
  })
  const away = button("Throw it away", () => {
    drop(key)
    note.remove()
  })
  note.append(line, trade, away)
  note.setAttribute("role", "status")
  form.before(note)
}

// A copy that another open tab is writing is held by its lock, and not offered.
async function look(copies) {
  const refused = Boolean(document.querySelector(REFUSED))
  const others = copies.filter(([key, copy]) => key.startsWith(here) && !key.endsWith(id) && isOfThisForm(copy))
  for (const [key, copy] of others.sort(([, one], [, other]) => other.at - one.at)) {
    const theirs = key.slice(here.length)
    const held = navigator.locks && (await navigator.locks.request(theirs, { ifAvailable: true }, (lock) => !lock))
    if (held) continue
    if (!same(copy.words, words())) offer(key, copy)
    else if (refused) keep(), drop(key) // what is refused is on the page, and still not saved
    else drop(key)
  }
}

function start() {
  navigator.locks?.request(id, () => new Promise(() => {})) // until the page goes
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "copy", value: id }))
  if (!document.querySelector(REFUSED)) opened = words()
  form.addEventListener("input", keepSoon)
  jQuery?.(form).on("change", keepSoon) // of lists that are looked through by typing
  form.addEventListener("submit", () => timer && keep())
  document.addEventListener("visibilitychange", () => document.hidden && timer && keep())
  window.addEventListener("pagehide", () => timer && keep())
}

document.addEventListener("prose-editor:ready", ({ detail }) => {
  editor = detail.editor
  editor.on("update", keepSoon)
})
const writes = form && [...form.elements].some(written)
if (writes) start()
// The links for another row, which Django's script makes when the page is ready: its turn is before ours.
const ready = new Promise((done) => (jQuery ? jQuery(() => done()) : done()))
Promise.all([left(), ready]).then(([copies]) => writes && look(copies))
