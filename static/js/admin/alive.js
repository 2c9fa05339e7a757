// Tells the server that somebody is writing, so that the login does not end meanwhile; and says
// at once, not after “Save”, when it has ended all the same.
const EVERY = 4 * 60 * 1000; // milliseconds; the shortest idle time that can be set is five minutes

const { alive, login, said, link } = document.currentScript.dataset;
let asked = Date.now();

async function ask() {
  if (Date.now() - asked < EVERY) return;
  asked = Date.now();
  try {
    const answer = await fetch(alive, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 403) warn();
    else document.getElementById("login-ended")?.remove();
  } catch {
    // No network: the next key asks again.
    asked = 0;
  }
}

function warn() {
  if (document.getElementById("login-ended")) return;
  const note = Object.assign(document.createElement("p"), { id: "login-ended", className: "errornote" });
  note.setAttribute("role", "alert");
  const way = Object.assign(document.createElement("a"), { href: login, target: "_blank", textContent: link });
  note.append(`${said} `, way);
  document.getElementById("content")?.prepend(note);
}

document.addEventListener("input", ask);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
