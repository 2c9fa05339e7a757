(() => {
  const root = document.documentElement
  const chosen = () => { try { return localStorage.theme } catch {} }
  const show = (theme) => {
    if (theme !== "light" && theme !== "dark") return
    root.dataset.theme = theme
    for (const meta of document.querySelectorAll("meta[name=theme-color]"))
      meta.media = meta.dataset.of === theme ? "all" : "not all"
  }
  show(chosen())
  root.dataset.script = ""
  addEventListener("click", (event) => {
    if (!event.target.closest(".theme")) return
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    show(dark ? "light" : "dark")
    try { localStorage.theme = root.dataset.theme } catch {}
  })
})()
