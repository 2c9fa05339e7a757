// Lines: text without paragraphs, as a PDF or a mail has it, ends each line where its page did. What
// goes on in the next line is joined to it. In HTML of a mail an empty line is what ends a paragraph.
const LONGEST = 130 // characters; a longer line is a paragraph already
const SHORTEST = 30 // a verse, a list of names
const ENDS = /[.!?…:;。！？][”"’')\]»』」]*$/
const BEGINS_ANEW = /^(?:[-–—•*·]\s|\(?[0-9]+[.)]\s)/
const DIVIDED = /\p{L}[-\u00ad\u2010]$/u
const NO_SPACE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]$/u

function goesOn(line, next, width) {
  if (!line || !next || BEGINS_ANEW.test(next)) return false
  return line.length >= width / 2 && !(ENDS.test(line) && line.length < width * 0.8)
}

// Whether most lines end where no sentence does; else somebody ended them on purpose.
function isWrapped(lines, width) {
  const followed = lines.filter((line, at) => line && lines[at + 1])
  const open = followed.filter((line) => !ENDS.test(line))
  return width >= SHORTEST && width <= LONGEST && followed.length > 1 && open.length * 2 > followed.length
}

// The text, how many of its lines were joined, and how many words that a line's end divided.
export function joinLines(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").map((line) => line.trim())
  const width = Math.max(...lines.map((line) => line.length))
  const done = { text, joined: 0, divided: 0 }
  if (!isWrapped(lines, width)) return done
  done.text = lines.reduce((before, next, at) => {
    if (!goesOn(lines[at - 1], next, width)) return `${before}\n${next}`
    done.joined += 1
    if (DIVIDED.test(before) && /^\p{Ll}/u.test(next)) {
      done.divided += 1
      return before.slice(0, -1) + next
    }
    return before + (NO_SPACE.test(before) ? "" : " ") + next
  })
  return done
}

const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim()

function besides(line, side) {
  let node = line[side]
  while (node && isBlank(node)) node = node[side]
  return node?.nodeName === "BR" ? node : null
}

// The paragraph that a line break stands in; where it stands in none, one is made of the words
// around it. None where they are parts of something else.
function paragraphOf(line, blocks) {
  const block = line.parentElement.closest(`${blocks}, li, body`)
  if (block.matches("p")) return block
  if (!block.matches("div, blockquote, li, body")) return null
  let from = line
  while (from.parentElement !== block) from = from.parentElement
  const holds = (node) => !node || (node.nodeType === Node.ELEMENT_NODE && (node.matches(blocks) || node.querySelector(blocks)))
  if (holds(from)) return null
  while (!holds(from.previousSibling)) from = from.previousSibling
  const paragraph = block.ownerDocument.createElement("p")
  from.before(paragraph)
  while (!holds(paragraph.nextSibling)) paragraph.append(paragraph.nextSibling)
  return paragraph
}

// Two line breaks or more are the end of a paragraph, which else is one with all that follow.
export function divideParagraphs(body, blocks) {
  const ends = [...body.querySelectorAll("br")].filter(
    (line) => besides(line, "previousSibling") && !besides(line, "nextSibling"),
  )
  for (const end of ends.reverse()) {
    const paragraph = paragraphOf(end, blocks)
    if (!paragraph) continue
    const rest = body.ownerDocument.createRange()
    rest.setStartAfter(end)
    rest.setEndAfter(paragraph.lastChild)
    const next = paragraph.cloneNode()
    next.append(rest.extractContents())
    paragraph.after(next)
    while (besides(end, "previousSibling")) end.previousSibling.remove()
    end.remove()
  }
}
