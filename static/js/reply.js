// Replying in place: the page's one reply form moves below the comment that is answered, with what
// was typed in it, and back again. Without it the link leads to the form on a page of its own.
const home = document.getElementById("reply")
const form = home?.querySelector("form")
const place = form && document.createComment("the form's own place")
const whom = document.createElement("p")
const back = document.createElement("button")
let own // the address the form is posted to from its own place
let pressed // the link that brought it here

const goHome = () => {
  place.replaceWith(form)
  form.action = own
  form.removeAttribute("aria-labelledby")
  whom.remove()
  back.remove()
  pressed?.focus()
}

if (form) {
  own = form.action
  whom.className = "reply__whom"
  whom.id = "reply-whom"
  back.type = "button"
  back.className = "button button--quiet"
  back.textContent = form.dataset.cancel
  back.addEventListener("click", goHome)
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && back.isConnected) goHome()
  })
  // What could not be sent is in the form again after “Back”, if the browser finds the form as it
  // was sent out: by its address.
  addEventListener("pagehide", () => { form.action = own })
  addEventListener("pageshow", () => { if (back.isConnected) form.action = pressed.href })
}

export const answer = (link) => {
  if (!form) {
    location = link.href
    return
  }
  if (form.parentElement === home) form.replaceWith(place)
  pressed = link
  whom.textContent = link.textContent
  form.action = link.href
  form.prepend(whom)
  form.setAttribute("aria-labelledby", whom.id) // said when the focus comes in
  form.querySelector(".reply__send").append(back)
  link.closest("article").append(form)
  form.querySelector("textarea").focus()
}
