// A field that holds a picture of the library: shows what was chosen, and takes it out again.
function show(field) {
  const input = field.querySelector("input")
  const still = field.querySelector("img")
  const id = /^[1-9][0-9]*$/.test(input.value) ? input.value : ""
  field.classList.toggle("has-picture", Boolean(id))
  still.hidden = !id
  if (id) still.src = field.dataset.thumbnail.replace("/0/", `/${id}/`)
  else still.removeAttribute("src")
}

for (const field of document.querySelectorAll(".picture-field")) {
  const input = field.querySelector("input")
  // Django's window for choosing tells the input through jQuery, a typing hand through the DOM.
  django.jQuery(input).on("change", () => show(field))
  field.querySelector(".picture-field__clear").addEventListener("click", () => {
    input.value = ""
    show(field)
  })
  show(field)
}
