// How long the body is, as it is ordered and paid: words and characters of its text, or of what is
// selected. Captions do not count, and no pull quote, which says once more what the text says.
const APART = new Set(["picture", "pullQuote"])
const WORD = /[\p{L}\p{N}]/u

function lengthOf(part) {
  const texts = []
  part.descendants((node) => {
    if (APART.has(node.type.name)) return false
    if (node.isTextblock) texts.push(node.textBetween(0, node.content.size, " ", " "))
    return !node.isTextblock
  })
  const words = texts.join(" ").split(/\s+/).filter((run) => WORD.test(run)).length
  return { words, characters: texts.reduce((sum, text) => sum + [...text].length, 0) }
}

const said = (number, one) => `${number.toLocaleString("en-GB")} ${one}${number === 1 ? "" : "s"}`
const both = ({ words, characters }) => `${said(words, "word")}, ${said(characters, "character")}`

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const line = Object.assign(document.createElement("p"), { className: "desk-length" })
  const tell = () => {
    const { doc, selection } = editor.state
    const of = both(lengthOf(doc))
    line.textContent = selection.empty ? of : `Selected: ${both(lengthOf(doc.cut(selection.from, selection.to)))}, of ${of}`
  }
  textarea.closest(".prose-editor").after(line)
  editor.on("create", tell)
  editor.on("update", tell)
  editor.on("selectionUpdate", tell)
})
