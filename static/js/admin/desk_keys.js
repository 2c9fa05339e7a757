// What a key does at the desk is said in two places: its list (desk.js), and a comment's own page
// (one_comment.js). When it does nothing, and that nothing out of sight is decided, is said here.
export const KEYS = { a: "approve", r: "reject", s: "spam" }

const COMMENTS = "desk_comments" // the addresses of those of the list that was looked at last, in its order

const isTyping = (event) =>
  event.target.closest("textarea, select, input:not([type=radio], [type=checkbox]), dialog")

// A third of it is, or it fills a third of the window.
export function isInSight(row) {
  const { top, bottom, height } = row.getBoundingClientRect()
  return Math.min(bottom, innerHeight) - Math.max(top, 0) > Math.min(height, innerHeight) / 3
}

export function go(row) {
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: "nearest" })
}

// `pressed` says whether the key was one of its own.
export function onKey(pressed) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (isTyping(event)) return
    const key = event.key.toLowerCase()
    if (event.repeat && !"jk".includes(key)) return // held down, one key would decide about the whole queue
    if (pressed(key)) event.preventDefault()
  })
}

export function offerHelp() {
  const help = document.querySelector(".desk-help")
  const keys = document.querySelector(".desk-keys")
  keys.hidden = false
  keys.addEventListener("click", () => help.showModal())
  return () => help.showModal()
}

export const keepOrder = (addresses) => sessionStorage.setItem(COMMENTS, JSON.stringify(addresses))

// The address `step` away in that list; undefined where it ends, or this page is not from it.
export function beside(step) {
  const addresses = JSON.parse(sessionStorage.getItem(COMMENTS) ?? "[]")
  const at = addresses.findIndex((address) => new URL(address).pathname === location.pathname)
  return at < 0 ? undefined : addresses[at + step]
}
