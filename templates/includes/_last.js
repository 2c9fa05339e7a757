// A link with data-module is answered in place by that module. Standing last, this script waits for
// the stylesheet, and the end of the page for it: browsers lay nothing out before they are there.
addEventListener("click", (event) => {
  const link = event.target.closest("a[data-module]")
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  import(link.dataset.module).then((module) => module.answer(link), () => { location = link.href })
})
