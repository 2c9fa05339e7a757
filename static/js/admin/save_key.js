// Ctrl+S saves, as wherever people write; of the browser it would save the page's HTML.
document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  if (!(ctrlKey || metaKey) || altKey || shiftKey || key.toLowerCase() !== "s") return
  const save = document.querySelector("[type=submit][name=_continue]") ?? document.querySelector("[type=submit][name=_save]")
  if (!save) return
  event.preventDefault()
  if (!event.repeat) save.click()
})
