addEventListener("click", (event) => {
  const link = event.target.closest("a[data-module]")
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  import(link.dataset.module).then((module) => module.answer(link), () => { location = link.href })
})
