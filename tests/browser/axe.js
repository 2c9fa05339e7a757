// What tests/browser/axe.py asks of a page; axe-core stands before it in the same script.
{
  // What may be pressed, or written in, and more.
  const TARGETS = `a, area, button, input, select, textarea, summary, details, iframe, object, embed,
    audio, video, [tabindex], [contenteditable], [role]`
  const LINKS = "a[href], [role=link]"
  const REACH = 26, EDGES = ["left", "top", "right", "bottom"]  // pixels; 24 are enough to be apart
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

  // What a browser that shows our pages has seen of a kind, and which of these elements show more.
  function newAmong(kind, looks) {
    const known = new Set((localStorage.getItem(kind) || "").split(" ")), before = known.size
    const found = []
    for (const [element, ...look] of looks) {
      const seen = hash(look.join("|"))
      if (!known.has(seen)) found.push(element)
      known.add(seen)
    }
    if (known.size > before) localStorage.setItem(kind, [...known].join(" "))
    return found
  }

  function mark(name, elements) {
    for (const element of document.querySelectorAll(`[${name}]`)) element.removeAttribute(name)
    for (const element of elements) element.setAttribute(name, "")
    return elements.length > 0
  }

  const named = (element) => element && [element.tagName, element.className].join(".")

  // One element for each look of text: its class and that of what it is in, its colour, all that is
  // painted behind it, and whether it counts as large (WCAG 2.2, 1.4.3). And one link for each of a
  // link: besides, how it is set off from the words around it (1.4.1).
  function looks() {
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
    const shows = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
    const setOff = ({ color, textDecorationLine, fontWeight, fontStyle, fontSize, borderBottom, display }) =>
      [color, textDecorationLine, fontWeight, fontStyle, fontSize, borderBottom, display].join()
    const length = (all) => all.reduce((sum, { textContent }) => sum + textContent.trim().length, 0)
    const amongWords = (link) => {
      let block = link.parentElement
      while (block !== document.body && /^(inline|contents)$/.test(getComputedStyle(block).display))
        block = block.parentElement
      return length([block]) > length([...block.querySelectorAll(LINKS)])
    }
    const texts = [], links = []
    for (const element of document.body.querySelectorAll("*")) {
      const field = element.matches("input, select, textarea")
      if (!field && ![...element.childNodes].some(shows) || !element.checkVisibility()) continue
      const style = getComputedStyle(element), size = parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700)
      const parent = element.parentElement
      texts.push([element, named(element), element.disabled, named(parent), style.color,
        style.position, large, painted(element)])
      const link = element.closest(LINKS)
      if (!link || !amongWords(link)) continue
      const around = [link, link.parentElement]
      links.push([link, ...around.map(named), ...around.map((each) => setOff(getComputedStyle(each))),
        setOff(style), painted(link)])
    }
    return { texts, links }
  }

  // Targets that are small, or have another before them: others keep what is asked of their size
  // (WCAG 2.2, 2.5.8) whatever else is true. One for each that has the same others around it.
  function closeTargets() {
    const shown = [...document.querySelectorAll(TARGETS)].filter((each) => each.checkVisibility())
    const boxes = shown.map((element) => [element, element.getBoundingClientRect()])
    const meet = (a, b, by = 0) => a.left - by < b.right && b.left < a.right + by &&
      a.top - by < b.bottom && b.top < a.bottom + by
    return boxes.flatMap(([element, box]) => {
      const small = Math.min(box.width, box.height) < 25
      const close = small || boxes.some(([other, its]) =>
        other !== element && !other.contains(element) && meet(box, its))
      if (!close) return []
      const around = boxes.filter(([, its]) => meet(box, its, REACH)).map(([other, its]) =>
        [named(other), ...EDGES.map((edge) => {
          const by = Math.round(its[edge] - box[edge])
          return meet(box, its) ? by : Math.max(-REACH, Math.min(REACH, by))
        })].join())
      return [[element, named(element), named(element.parentElement), Math.round(box.width),
        Math.round(box.height), getComputedStyle(element).display, ...around]]
    })
  }

  // What there is of the page at a width: what shows, what lies where nobody sees it, what scrolls.
  function arrangement() {
    return hash([...document.body.querySelectorAll("*")].map((element) => {
      const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      if (!visible) return 0
      const box = element.getBoundingClientRect(), style = getComputedStyle(element)
      const away = box.right <= 0 || box.bottom + scrollY <= 0 || !box.width || !box.height
      const scrolls = /auto|scroll/.test(style.overflow) &&
        [element.scrollHeight > element.clientHeight, element.scrollWidth > element.clientWidth]
      return [1, away, style.clip, style.clipPath, scrolls].join()
    }).join(" "))
  }

  const arrangements = new Set()  // that were asked of this page

  // `runOnly` is axe's own; `lately`, whether what was met before need not be asked again. Without
  // `runOnly` it is asked what another width or light has changed, `arranged` among it.
  window.askAxe = async ({ runOnly, arranged, without, lately }) => {
    await prepare()
    let only = runOnly
    if (lately) {
      const { texts, links } = looks()
      const changed = {
        "color-contrast": mark("data-new-look", newAmong("texts axe has seen", texts)),
        "link-in-text-block": mark("data-new-link", newAmong("links axe has seen", links)),
        "target-size": mark("data-close", newAmong("targets axe has seen", closeTargets())),
      }
      const here = arrangement(), values = Object.keys(changed).filter((rule) => changed[rule])
      if (!arrangements.has(here)) values.push(...arranged)
      arrangements.add(here)
      only ??= { type: "rule", values }
      if (!only.values.length) return []
    }
    axe.configure({ rules: [
      { id: "color-contrast", selector: lately ? "[data-new-look]" : "*" },
      { id: "link-in-text-block", selector: lately ? "[data-new-link]" : LINKS },
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
