// How quotation marks, dashes and dots are set that were typed plainly, in English and in Korean.
export const SET_IN = /^(en|ko)\b/i
const OPENS = /(^|[\s([{“‘/-])$/
const DASH = /[—–]$/ // breaks off what is said, or comes before it
const IN_ADDRESS = /https?:\/\/\S+$/ // and what hangs on it: set, it would be taken for a part of it
const CUT_SHORT = /‘(?:tis|twas|twere|til|em)$/i // words that begin with an apostrophe
const QUOTES = { '"': "“”", "'": "‘’" }

function opens(before, [opening, closing]) {
  if (DASH.test(before)) return before.lastIndexOf(opening) <= before.lastIndexOf(closing)
  return OPENS.test(before)
}

// What stands for a key after what is there: how many characters of that go, and what is put.
export function setting(before, key) {
  if (IN_ADDRESS.test(before)) return null
  if (key === "'" && /‘n$/i.test(before)) return { cut: 2, put: `’${before.slice(-1)}’` } // rock ’n’ roll
  const [short] = /[\s.,;:!?)]/.test(key) ? (CUT_SHORT.exec(before) ?? []) : []
  if (short) return { cut: short.length, put: `’${short.slice(1)}${key}` }
  if (key in QUOTES) return { cut: 0, put: QUOTES[key][opens(before, QUOTES[key]) ? 0 : 1] }
  if (key === "." && before.endsWith("..")) return { cut: 2, put: "…" }
  if (key === "-" && before.endsWith("–")) return { cut: 1, put: "—" }
  if (key === "-" && /[^-]-$/.test(before)) return { cut: 1, put: "–" } // three begin a dividing line
  if (key === "s" && /‘\d0$/.test(before)) return { cut: 3, put: `’${before.slice(-2)}s` } // ’90s
  return null
}

const ADDRESSES = /(https?:\/\/\S+)/
const ENOUGH = 300 // characters before a key, in which what is said began

// All of a text that stands after `before`.
export function set(text, before = "") {
  const [hangs] = IN_ADDRESS.test(before) ? /^\S*/.exec(text) : [""]
  let done = hangs
  for (const [at, part] of text.slice(hangs.length).split(ADDRESSES).entries()) {
    if (at % 2) {
      done += part
      continue
    }
    for (const key of part) {
      const { cut, put } = setting((before + done.slice(-ENOUGH)).slice(-ENOUGH), key) ?? { cut: 0, put: key }
      done = cut > done.length ? done + key : done.slice(0, done.length - cut) + put
    }
  }
  return done
}
