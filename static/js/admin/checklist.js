// Crosses off the checklist what has been filled in since the page was made, and adds what pictures
// lack that were chosen since. Of a field it says no more than that it is not empty: the server looks
// again when the piece is saved.
const { jQuery } = django // it alone hears of what is chosen in lists with a search
const section = document.querySelector(".checklist")
const list = section.querySelector("ul")
const ready = document.querySelector(".desk-aside__ready")
const body = document.getElementById("id_body")
const lead = document.getElementById("id_lead_image")
const known = new Map() // what the library says of a picture: lines as the server would write them

// A body of nothing but pictures is not written yet.
function isWritten(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  page.querySelectorAll("figure").forEach((figure) => figure.remove())
  return page.body.textContent.trim() !== ""
}

function isFilled(id) {
  const field = document.getElementById(id)
  if (field && field === body) return isWritten(body.value)
  if (field?.matches("input, select, textarea")) return field.value.trim() !== ""
  const choices = field?.querySelectorAll('input:checked, select[name$="-reviewer"]') ?? []
  return [...choices].some((choice) => choice.value !== "")
}

function shown() {
  const placed = [...body.value.matchAll(/data-image="([1-9][0-9]*)"/g)].map(([, id]) => id)
  return new Set(/^[1-9][0-9]*$/.test(lead?.value) ? [...placed, lead.value] : placed)
}

async function ask(id) {
  known.set(id, known.get(id)) // what it said before stands until it answers
  const answer = await fetch(body.dataset.facts.replace("/0/", `/${id}/`)).catch(() => null)
  if (!answer?.ok) return
  known.set(id, (await answer.json()).problems)
  look()
}

function lineOf(html, id) {
  const line = document.createElement("li")
  line.dataset.picture = id
  line.innerHTML = html
  return line
}

function lookAtPictures() {
  const pictures = shown()
  const lines = [...list.querySelectorAll("[data-picture]")]
  for (const id of pictures) {
    if (!known.has(id)) ask(id)
    for (const line of (known.get(id) ?? []).map((html) => lineOf(html, id))) {
      if (lines.some(({ textContent }) => textContent === line.textContent)) continue
      list.append(line)
      lines.push(line)
    }
  }
  for (const line of lines) {
    const { picture } = line.dataset
    const lacks = known.get(picture)?.some((html) => lineOf(html, picture).textContent === line.textContent)
    line.classList.toggle("is-done", !pictures.has(picture) || lacks === false)
  }
}

// Where several lack something, one page has the fields of all (admin/reviews/write_words.html).
function offerWords() {
  const asks = document.getElementById("words_of_pictures")
  const lines = list.querySelectorAll("[data-picture]:not(.is-done)")
  const lacking = new Set([...lines].map(({ dataset }) => dataset.picture))
  section.querySelector(".checklist__words").hidden = lacking.size < 2
  asks.querySelectorAll("[name=_selected_action]").forEach((ticked) => ticked.remove())
  for (const value of lacking) {
    asks.append(Object.assign(document.createElement("input"), { type: "hidden", name: "_selected_action", value }))
  }
}

function look() {
  for (const line of list.querySelectorAll("[data-empty]")) {
    line.classList.toggle("is-done", isFilled(line.dataset.empty))
  }
  if (body && !("released" in section.dataset)) lookAtPictures()
  offerWords()
  section.hidden = !list.children.length
  if (ready) ready.hidden = Boolean(list.querySelector("li:not(.is-done)"))
}

jQuery(document).on("input change keyup", look)
offerWords()
// Whoever mends a picture in a tab of its own sees it here on coming back.
if (body) window.addEventListener("focus", () => shown().forEach(ask))
