// Pictures for a place that takes many (editor/library.js says so), chosen in the library's window
// over several of its pages: they are kept with the window, and given all at once.
const KEPT = "chosen-pictures"

export const takesMany = () =>
  Boolean(window.opener?.document.getElementById(window.name.replace(/__[0-9]+$/, ""))?.dataset.many)

export const kept = () => (takesMany() ? JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") : [])
export const keep = (ids) => sessionStorage.setItem(KEPT, JSON.stringify(ids))

export const give = (ids) => window.opener?.dismissRelatedLookupPopup(window, [...new Set(ids)].join(","))
export const pictures = (number) => `${number} picture${number === 1 ? "" : "s"}`
