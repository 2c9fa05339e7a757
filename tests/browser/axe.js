// What tests/browser/axe.py asks of a page; axe-core stands before it in the same script.
{
  const LOOKS = "looks that axe has seen"  // kept by the browser for all pages of the site
  // What may be pressed, or written in, and more.
  const TARGETS = `a, area, button, input, select, textarea, summary, details, iframe, object, embed,
    audio, video, [tabindex], [contenteditable], [role]`
  let prepared = false

  // What scripts put off until the page is loaded, as the editor its name, is done before what is put
  // off now. A colour that is still on its way from one scheme to the other is no finding. Of the
  // hundreds of options in a list of countries or languages one is like another.
  async function prepare() {
    if (prepared) return
    prepared = true
    await new Promise((done) => setTimeout(done))
    const still = new CSSStyleSheet()
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none }")
    document.adoptedStyleSheets.push(still)
    for (const list of document.querySelectorAll("select, datalist"))
      for (const option of [...list.options].slice(12)) if (!option.selected) option.remove()
  }

  function hash(text) {  // FNV-1a, twice 32 bits
    let a = 0x811c9dc5, b = 0x1000193
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 0x1000193)
      b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b)
    }
    return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`
  }

  // Marks one element for each look of text that was not met before: its class and that of what it is
  // in, its colour, all that is painted behind it, and whether it counts as large (WCAG 2.2, 1.4.3).
  function markNewLooks() {
    const known = new Set((localStorage.getItem(LOOKS) || "").split(" ")), before = known.size
    const behind = new Map()
    const painted = (element) => {
      if (!element) return ""
      if (!behind.has(element)) {
        const style = getComputedStyle(element)
        const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter]
        behind.set(element, hash(`${own.join()} ${painted(element.parentElement)}`))
      }
      return behind.get(element)
    }
    for (const element of document.querySelectorAll("[data-new-look]"))
      delete element.dataset.newLook
    const shows = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
    for (const element of document.body.querySelectorAll("*")) {
      const field = element.matches("input, select, textarea")
      if (!field && ![...element.childNodes].some(shows) || !element.checkVisibility()) continue
      const style = getComputedStyle(element), size = parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700)
      const parent = element.parentElement
      const look = hash([element.tagName, element.className, element.disabled, parent.tagName,
        parent.className, style.color, style.position, large, painted(element)].join("|"))
      if (known.has(look)) continue
      known.add(look)
      element.dataset.newLook = ""
    }
    if (known.size > before) localStorage.setItem(LOOKS, [...known].join(" "))
    return known.size > before
  }

  // Marks the targets that are small, or have another before them: others keep what is asked of
  // their size (WCAG 2.2, 2.5.8) whatever else is true.
  function markCloseTargets() {
    const shown = [...document.querySelectorAll(TARGETS)].filter((each) => each.checkVisibility())
    const boxes = shown.map((element) => [element, element.getBoundingClientRect()])
    const meet = (a, b) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    for (const [element, box] of boxes) {
      const small = Math.min(box.width, box.height) < 25
      const close = small || boxes.some(([other, its]) =>
        other !== element && !other.contains(element) && meet(box, its))
      element.toggleAttribute("data-close", close)
    }
  }

  // `runOnly` is axe's own; `lately`, whether what was met before need not be asked again.
  window.askAxe = async ({ runOnly, without, lately }) => {
    await prepare()
    let only = runOnly
    if (lately) {
      if (markNewLooks() && runOnly.type === "rule")
        only = { ...runOnly, values: [...runOnly.values, "color-contrast"] }
      if (!only.values.length) return []
      markCloseTargets()
    }
    axe.configure({ rules: [
      { id: "color-contrast", selector: lately ? "[data-new-look]" : "*" },
      { id: "target-size", selector: lately ? "[data-close]" : "*" },
    ] })
    const context = { exclude: without.map((each) => [each]) }
    const { violations } = await axe.run(
      context, { runOnly: only, resultTypes: ["violations"], preload: false })
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ` +
      `${node.target.join(" ")}: ${node.html.slice(0, 160)}: ${node.failureSummary}`))
  }
  window.askAxe.of = document  // a window that opens empty keeps its scripts, and gets another
}
