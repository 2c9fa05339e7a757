// Below a list of rows stands an empty one: once something stands in the last, another is added, as by
// a press on “Add another”. What is left empty is not saved.
const { jQuery } = window.django

// select2 and the windows that add something tell of a change by jQuery alone.
jQuery(document).on("change", ".inline-group .form-row", ({ target, currentTarget: row }) => {
  const group = row.closest(".inline-group")
  const last = [...group.querySelectorAll(".form-row:not(.empty-form)")].at(-1)
  const add = group.querySelector(".add-row a")
  if (row === last && target.value && target.type !== "checkbox" && add?.offsetParent) add.click()
})
