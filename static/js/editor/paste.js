// Paste: what word processors say by style alone is said in tags, before the editor reads it. The
// content policy keeps the editor from reading styles, and Word has no other word for a list.
// Pictures stay out, as they come from the library with their credit; that is said, and so is
// whatever else does not come in as it was.
import { Extension } from "django-prose-editor/editor"
import { button, create } from "./library.js"
import { divideParagraphs, joinLines } from "./lines.js"
import { SET_IN, set } from "./setting.js"

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, table, div, hr"
const LEVELS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" } // the body's are the second and third
// Not Word's “mso-bidi-font-weight”, which speaks of letters from right to left.
const HEAVY = /(?<![-\w])font-weight:\s*(bold|[6-9]00)/i
const NOT_HEAVY = /(?<![-\w])font-weight:\s*(normal|[1-5]00)/i
const SLANTED = /(?<![-\w])font-style:\s*(italic|oblique)/i
const NUMBERED = /^\s*\(?([0-9]+|[a-z]|[ivxl]+)[.)]/i

const styleOf = (element) => element.dataset.style ?? ""
const unwrap = (element) => element.replaceWith(...element.childNodes)

// Under another name a style is neither applied nor refused, and can be read.
const aside = (html) =>
  html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function wrapContent(element, name) {
  const wrapper = element.ownerDocument.createElement(name)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

// Google Docs wraps all of it in a <b> that is not bold, and says by style what is.
function sayWeight(body) {
  for (const bold of body.querySelectorAll("b[data-style], strong[data-style]")) {
    if (NOT_HEAVY.test(styleOf(bold))) unwrap(bold)
  }
  for (const span of body.querySelectorAll("span[data-style]")) {
    if (span.closest("h1, h2, h3, h4, h5, h6")) continue
    if (HEAVY.test(styleOf(span))) wrapContent(span, "strong")
    if (SLANTED.test(styleOf(span))) wrapContent(span, "em")
  }
}

// Word's list items are paragraphs, each with its bullet or number as text, and its level in a style.
function sayLists(body) {
  let open = [] // the lists that go on, each in the last item of the one before
  let id = ""
  for (const item of body.querySelectorAll("p[data-style*='mso-list']")) {
    const spans = [...item.querySelectorAll("span")]
    const marker = spans.find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)))
    const [, of, depth] = /mso-list:\s*(\w+)(?:\s+level(\d))?/i.exec(styleOf(item)) ?? []
    const level = Number(depth ?? 1)
    if (of !== id || item.previousElementSibling !== open[0]?.list) open = []
    id = of
    while (open.length > 1 && open.at(-1).level > level) open.pop()
    if (!open.length || open.at(-1).level < level) {
      const list = body.ownerDocument.createElement(NUMBERED.test(marker?.textContent ?? "") ? "ol" : "ul")
      const above = open.at(-1)?.list.lastElementChild
      if (above) above.append(list)
      else item.before(list)
      open.push({ list, level })
    }
    marker?.remove()
    open.at(-1).list.append(item)
    rename(item, "li")
  }
}

// Word's quotations are paragraphs of a style; those that follow each other are one.
function sayQuotations(body) {
  for (const paragraph of body.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    const before = paragraph.previousElementSibling
    const quotation = before?.matches("blockquote") ? before : body.ownerDocument.createElement("blockquote")
    if (quotation !== before) paragraph.before(quotation)
    quotation.append(paragraph)
  }
}

const RAISED = ["sup, [data-style*='vertical-align:super'], [data-style*='vertical-align: super']", "⁰¹²³⁴⁵⁶⁷⁸⁹"]
const LOWERED = ["sub, [data-style*='vertical-align:sub'], [data-style*='vertical-align: sub']", "₀₁₂₃₄₅₆₇₈₉"]

// The number of a footnote, m², CO₂: else it would be a figure of the word before it.
function sayRaised(body) {
  for (const [selector, figures] of [RAISED, LOWERED]) {
    for (const element of body.querySelectorAll(selector)) {
      if (!/^\s*\d+\s*$/.test(element.textContent)) continue
      const texts = body.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        texts.currentNode.data = texts.currentNode.data.replace(/[0-9]/g, (figure) => figures[figure])
      }
    }
  }
}

// How a character is read stands above it; within the line it would be more of the word.
function sayReadings(body) {
  for (const reading of body.querySelectorAll("rt")) {
    if (!reading.closest("ruby")?.querySelector("rp")) reading.replaceChildren(`（${reading.textContent}）`)
  }
}

// Google notes who follows a link before it leads there; so do exports of its documents.
function leadStraight(body) {
  for (const link of body.querySelectorAll("a[href*='google.com/url?']")) {
    const to = new URL(link.href).searchParams.get("q") ?? ""
    if (/^https?:/.test(to)) link.href = to
  }
}

// The language a word processor checks spelling in is that of the piece, and says nothing.
function forgetOwnLanguage(body) {
  const [own] = (document.getElementById("id_language")?.value ?? "").toLowerCase().split("-")
  for (const element of body.querySelectorAll("[lang]")) {
    const [said] = element.lang.toLowerCase().split("-")
    if (said === own || said === "x") element.removeAttribute("lang")
  }
}

const FOOTNOTES = "a[href^='#_ftn'], a[href^='#_edn'], a[href^='#ftnt'], a[href^='#sdfootnote'], a[href^='#sdendnote']"
const DELETIONS = "del[cite], del[datetime]" // of tracked changes
const REMARKS = "[data-style*='mso-element:comment-list'], [data-style*='mso-element: comment-list'], a.msocomanchor"
const EMBEDS = "iframe[src^='http'], iframe[src^='//'], video, audio, object, embed"
const WATCHED = [
  [/^https:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]+).*/, "https://www.youtube.com/watch?v=$1"],
  [/^https:\/\/player\.vimeo\.com\/video\/(\d+).*/, "https://vimeo.com/$1"],
]

// Pages load nothing from anybody else: what was embedded is led to.
function linkEmbeds(body) {
  for (const embed of body.querySelectorAll(EMBEDS)) {
    const source = embed.getAttribute("src") ?? embed.querySelector("source")?.getAttribute("src") ?? ""
    const full = source.replace(/^\/\//, "https://")
    const address = WATCHED.reduce((said, [from, to]) => said.replace(from, to), full)
    const link = body.ownerDocument.createElement("a")
    link.href = link.textContent = address
    const line = body.ownerDocument.createElement("p")
    if (/^https?:/.test(address)) line.append(link)
    embed.replaceWith(line)
  }
}

const DROP_CAP = "[data-style*='mso-element:dropcap']"

// Word puts a first letter that is set large into a table of its own.
function joinDropCaps(body) {
  for (const letter of body.querySelectorAll(`p${DROP_CAP}`)) {
    const frame = letter.closest(`div${DROP_CAP}`) ?? letter.closest("table") ?? letter
    if (!frame.nextElementSibling?.matches("p")) continue
    frame.nextElementSibling.prepend(letter.textContent.trim())
    frame.remove()
  }
}

// Else the editor puts the words of all cells into one.
function takeTablesApart(body) {
  for (const cell of body.querySelectorAll("td, th, caption")) {
    rename(cell, cell.querySelector(BLOCKS) ? "div" : "p")
  }
  body.querySelectorAll("table, colgroup, thead, tbody, tfoot, tr").forEach(unwrap)
}

const pieceIn = () => document.querySelector(".tiptap")?.lang ?? ""

// Mails and plain texts have plain marks; word processors have set theirs.
function setMarks(body) {
  let block = null
  let before = ""
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: text } = texts
    const { parentElement: parent } = text
    const within = parent.closest(`${BLOCKS}, li, body`)
    if (within !== block || text.previousSibling?.nodeName === "BR") before = ""
    if (SET_IN.test(parent.closest("[lang]")?.lang || pieceIn())) text.data = set(text.data, before)
    block = within
    before += text.data
  }
}

function dropBlanks(body) {
  if (!body.querySelector(BLOCKS)) return
  body.querySelectorAll(":scope > br, br[clear]").forEach((line) => line.remove())
  for (const paragraph of body.querySelectorAll("p")) {
    if (!paragraph.textContent.trim()) paragraph.remove()
  }
}

function said(html) {
  const { body } = new DOMParser().parseFromString(aside(html), "text/html")
  body.querySelectorAll(`${DELETIONS}, ${REMARKS}`).forEach((element) => element.remove())
  linkEmbeds(body)
  joinDropCaps(body)
  takeTablesApart(body)
  sayWeight(body)
  sayRaised(body)
  sayReadings(body)
  sayLists(body)
  sayQuotations(body)
  leadStraight(body)
  forgetOwnLanguage(body)
  for (const [from, to] of Object.entries(LEVELS)) {
    body.querySelectorAll(from).forEach((heading) => rename(heading, to))
  }
  body.querySelectorAll("a[href^='#']").forEach(unwrap) // a footnote of the other document
  divideParagraphs(body, BLOCKS)
  dropBlanks(body)
  setMarks(body)
  return body.innerHTML
}

function ofLines({ joined, divided }) {
  if (!joined) return []
  const put = divided ? ` ${were(divided, "A word", "words")} put together that a line’s end divided: look them over.` : ""
  return [`Lines that went on in the next were joined.${put} To have them as they were, undo and paste with Ctrl+Shift+V.`]
}

// What a caption took (picture.js), which is one paragraph.
function ofCaption({ picture }) {
  const { paragraphs } = picture
  picture.paragraphs = 0
  return paragraphs > 1
    ? ["Put into the caption, as one line. If it belongs below the picture: undo, press Enter, and paste it again."]
    : []
}

const OWN = "data-pm-slice" // what was copied here has it

const HOW = "Pictures come from the library, with their credit: press “Insert picture”, then “Add pictures”."
const were = (count, one, many) => (count === 1 ? `${one} was` : `${count} ${many} were`)

// What a paste or a drop brings that does not come in as it was, in sentences.
function changed(transfer) {
  const html = transfer?.getData("text/html") ?? ""
  if (html.includes(OWN)) return []
  const { body } = new DOMParser().parseFromString(aside(html), "text/html")
  const count = (selector) => body.querySelectorAll(selector).length
  const files = [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith("image/"))
  const pictures = Math.max(count("img"), files.length)
  const said = []
  if (pictures) said.push(`${were(pictures, "A picture", "pictures")} left out. ${HOW}`)
  if (count("figure:has(img) figcaption")) said.push("Their captions are paragraphs: move them, or take them out.")
  const tables = count(`table:not(:has(${DROP_CAP}))`)
  if (tables) said.push(`${were(tables, "A table", "tables")} taken apart: each cell is a paragraph.`)
  if (count(EMBEDS)) said.push(`${were(count(EMBEDS), "An embed", "embeds")} made a link: pages load nothing from elsewhere.`)
  if (count(FOOTNOTES)) said.push("Footnotes are plain words now, where they stood: work them into the piece, or take them out.")
  if (count(DELETIONS)) said.push("Words that tracked changes delete were left out.")
  if (count(REMARKS)) said.push("Comments beside the text were left out.")
  const struck = "s, strike, del:not([cite]):not([datetime]), [data-style*='line-through']"
  if (count(struck)) said.push("Words that were struck through are in the text: look whether they should be.")
  return said
}

function say(editor, sentences) {
  const field = editor.options.element
  field.querySelector(".desk-left-out")?.remove()
  if (!sentences.length) return
  const note = create("p", "desk-left-out", sentences.join(" "))
  note.setAttribute("role", "status")
  const hide = () => {
    note.remove()
    editor.commands.focus(null, { scrollIntoView: false })
  }
  note.append(" ", button("Hide this", "button", hide))
  field.append(note)
}

export const Paste = Extension.create({
  name: "pasteFromElsewhere", // “paste” is the editor's own

  onCreate() {
    const { editor } = this
    const { dom } = editor.view
    let lines = {} // of what is put in; the editor reads it before the listeners below
    editor.view.setProps({
      transformPastedText(text, asItIs) {
        lines = asItIs ? {} : joinLines(text)
        const read = lines.text ?? text
        return !asItIs && SET_IN.test(pieceIn()) ? set(read) : read
      },
    })
    const tell = (transfer) => {
      say(editor, [...ofCaption(editor.storage), ...changed(transfer), ...ofLines(lines)])
      lines = {}
    }
    dom.addEventListener("paste", ({ clipboardData }) => tell(clipboardData))
    dom.addEventListener("drop", (event) => {
      tell(event.dataTransfer)
      if (event.dataTransfer?.files.length) event.preventDefault() // or the file takes the page's place
    })
  },

  transformPastedHTML(html) {
    return html.includes(OWN) ? html : said(html) // its own is understood as it is
  },
})
