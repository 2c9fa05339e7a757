// A credit source, once chosen, says its words in the fields that are still empty.
const select = document.querySelector("select[data-preset]")

select?.addEventListener("change", () => {
  const words = JSON.parse(select.selectedOptions[0]?.dataset.words ?? "{}")
  for (const [name, said] of Object.entries(words)) {
    const field = select.form.elements[name]
    if (field && (!field.value.trim() || field.value === field.dataset.filled)) {
      field.value = said
      field.dataset.filled = said // another source may take it back, a typed word stays
    }
  }
})
