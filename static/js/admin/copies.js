// Copies of what is written and not saved, in a database of this browser's. They are on the disk at
// once; what localStorage is told may be there a minute later, and a browser that crashes has lost it.
// A browser may refuse the database, or have no room in it: then there are no copies.
const NAME = "copies"

const answer = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })

let base = null

async function open() {
  const asked = indexedDB.open("unsaved", 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(NAME)
  base = await answer(asked)
  takeOver()
}

// What was kept in localStorage, before there was this.
function takeOver() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("unsaved "))) {
    put(key, JSON.parse(localStorage.getItem(key)))
    localStorage.removeItem(key)
  }
}

const opened = open().catch(() => {})

// At once where the database is open: a page that goes waits for nothing.
function write(act) {
  if (!base) return opened.then(() => base && write(act))
  try {
    const change = base.transaction(NAME, "readwrite", { durability: "strict" })
    act(change.objectStore(NAME))
    change.commit()
  } catch {
    base = null // it was closed: somebody had the browser forget the site
  }
}

export const put = (key, copy) => write((copies) => copies.put(copy, key))
export const drop = (key) => write((copies) => copies.delete(key))

// Each with its key.
export async function all() {
  await opened
  if (!base) return []
  const copies = base.transaction(NAME).objectStore(NAME)
  const [keys, found] = await Promise.all([copies.getAllKeys(), copies.getAll()].map(answer))
  return keys.map((key, at) => [key, found[at]])
}
