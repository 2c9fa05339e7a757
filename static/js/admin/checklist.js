// Crosses off the checklist what has been filled in since the page was made. It says no more than
// that a field is not empty: the server looks again when the piece is saved.
const { jQuery } = django // it alone hears of what is chosen in lists with a search

function isFilled(id) {
  const field = document.getElementById(id)
  const written = field?.closest(".form-row")?.querySelector(".tiptap")
  if (written) return written.textContent.trim() !== ""
  if (field?.matches("input, select, textarea")) return field.value.trim() !== ""
  const choices = field?.querySelectorAll('input:checked, select[name$="-reviewer"]') ?? []
  return [...choices].some((choice) => choice.value !== "")
}

function look() {
  for (const line of document.querySelectorAll(".checklist [data-empty]")) {
    line.classList.toggle("is-done", isFilled(line.dataset.empty))
  }
}

jQuery(document).on("input change keyup", look)
