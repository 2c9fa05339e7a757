// A field that holds a picture of the library: shows what was chosen in the place of its number, and
// takes it out again.
function show(field) {
  const input = field.querySelector("input")
  const id = /^[1-9][0-9]*$/.test(input.value) ? input.value : ""
  field.classList.toggle("has-picture", Boolean(id))
  const before = field.querySelector("img")
  if (!id) return before?.remove()
  const still = before ?? field.insertBefore(new Image(), field.firstChild)
  still.className = "picture-field__still"
  still.alt = ""
  still.src = field.dataset.thumbnail.replace("/0/", `/${id}/`)
}

for (const field of document.querySelectorAll(".picture-field")) {
  const input = field.querySelector("input")
  const name = input.labels[0]?.textContent.replace(/:\s*$/, "").trim()
  for (const button of field.querySelectorAll(".button")) button.ariaLabel = `${button.textContent}: ${name}`
  input.classList.add("visually-hidden") // still there for links to the field; without a script it is typed in
  input.tabIndex = -1
  // Django's window for choosing tells the input through jQuery.
  django.jQuery(input).on("change", () => show(field))
  field.querySelector(".picture-field__clear").addEventListener("click", () => {
    input.value = ""
    show(field)
  })
  show(field)
}
