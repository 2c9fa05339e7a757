// What a piece is about, as its form says now: the library's window begins with pictures of that, and
// new ones are taken for such (reviews/admin/image_list.py).
const SAID_IN = {
  "#id_film": "film",
  "[id^=id_covered_films-][id$=-film]": "film",
  "#id_people": "person",
  "#id_edition": "edition",
}

export function beginning(address) {
  const url = new URL(address, location.href)
  const first = Object.entries(SAID_IN).flatMap(([fields, kind]) => {
    const chosen = [...document.querySelectorAll(fields)].flatMap((field) => [...field.selectedOptions])
    return chosen.filter(({ value }) => value).map(({ value }) => `${kind}-${value}`)
  })
  if (first.length) url.searchParams.set("first", first.join(","))
  else url.searchParams.delete("first")
  return url.href
}
