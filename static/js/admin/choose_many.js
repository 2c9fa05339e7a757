// Where many pictures are wanted, a press on one in the library's window chooses it, and another
// press takes it back; they are given in the order in which they were chosen.
import { give, keep, kept, pictures, takesMany } from "./chosen.js"

const tiles = new Map() // id → {row, box}
let chosen = kept()

const bar = Object.assign(document.createElement("div"), { className: "submit-row choose-many", hidden: true })
const button = (text, onclick, className = "button") =>
  Object.assign(document.createElement("button"), { type: "button", className, textContent: text, onclick })
const use = button("", () => give(chosen), "button default")
const said = Object.assign(document.createElement("span"), { role: "status", className: "visually-hidden" })
bar.append(use, button("Choose none", () => choose([])))

function choose(ids) {
  chosen = ids
  keep(chosen)
  show()
  said.textContent = `${pictures(chosen.length)} chosen`
}

function show() {
  for (const [id, { row, box }] of tiles) {
    const place = chosen.indexOf(id) + 1
    row.classList.toggle("is-chosen", place > 0)
    row.dataset.place = place || ""
    box.checked = place > 0
  }
  bar.hidden = !chosen.length
  use.textContent = `Use ${pictures(chosen.length)}`
}

const turn = (id) => choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])

function tile(row) {
  const link = row.querySelector(".field-name a")
  const id = link.dataset.popupOpener
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox",
    className: "choose-many__box",
    ariaLabel: `Choose ${link.textContent}`,
    onchange: () => turn(id),
  })
  row.querySelector(".field-tile").prepend(box)
  tiles.set(id, { row, box })
}

if (takesMany()) {
  document.querySelector("#content h1").textContent = "Choose pictures"
  document.querySelectorAll("#result_list tbody tr").forEach(tile)
  // Before Django's own listener, which gives the picture and shuts the window.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[data-popup-opener]")
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      turn(link.dataset.popupOpener)
    },
    true,
  )
  document.querySelector("#changelist-form").append(bar, said)
  show()
}
