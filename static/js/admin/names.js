// Boxes that are chosen in by typing bear the name of the choice they stand for: select2 makes
// them without one.
const { jQuery } = window.django

const nameOf = (select) =>
  select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(/:?\s*$/, "").trim()

const name = (select) => {
  const box = select.nextElementSibling?.querySelector("[role=combobox]")
  const said = nameOf(select)
  if (!box || !said) return
  box.setAttribute("aria-label", said)
  const search = box.querySelector(".select2-search__field")
  search?.setAttribute("aria-label", said)
  const chosen = box.querySelector(".select2-selection__rendered[role=textbox]")
  if (!chosen) return
  // The name, then what is chosen; nobody writes in it, so it is no field beside the box.
  chosen.removeAttribute("role")
  chosen.removeAttribute("aria-readonly")
  box.id ||= `${select.id}-box`
  box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`)
}

// The row that the arrows are on is told to whoever listens at the field that is typed in: select2
// does so for rows that have an id, and gives none to those that the server found.
const tellRow = (select) => {
  jQuery(select).data("select2")?.on("results:focus", ({ element: [row] }) => {
    const field = document.activeElement
    if (!field.matches(".select2-search__field")) return
    row.id ||= `${select.id}-row-${[...row.parentElement.children].indexOf(row)}`
    field.setAttribute("aria-activedescendant", row.id)
  })
}

const nameAll = (within) => {
  for (const select of within.querySelectorAll("select.admin-autocomplete")) {
    name(select)
    tellRow(select)
  }
}

// Who finds nothing is told what to do, where something can be added. Read when a box is made.
const words = jQuery.fn.select2?.amd.require("select2/i18n/en")
if (words) {
  words.noResults = () => {
    const box = document.querySelector(".select2-container--open")
    const plus = box?.closest(".related-widget-wrapper")?.querySelector(".add-related")
    return plus ? "Nothing found. Not there yet? Add it with the green plus." : "Nothing found."
  }
}

// Both after Django's own listeners, which were there first and make the boxes.
jQuery(() => nameAll(document))
document.addEventListener("formset:added", (event) => nameAll(event.target))

jQuery(document).on("select2:open", (event) => {
  const search = document.querySelector(".select2-dropdown .select2-search__field")
  search?.setAttribute("aria-label", nameOf(event.target) ?? "")
})
