// The focal point, set on the picture itself: the two number fields stay what is saved.
const STEP = 1 // percent an arrow key moves the point
const STRIDE = 10 // with Shift
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const clamp = (value, most) => Math.min(Math.max(value, 0), most)

// Where a crop's edge lies, as renditions.cut puts it: in percent of what is cut off.
function edge(percent, part) {
  const cutOff = 1 - part
  return cutOff > 0 ? (clamp(percent / 100 - part / 2, cutOff) / cutOff) * 100 : 0
}

function start(focal, x, y) {
  const picture = focal.querySelector(".focal__picture")
  const point = focal.querySelector(".focal__point")
  const still = picture.querySelector("img")
  const ratio = still.getAttribute("width") / still.getAttribute("height")

  function show() {
    const [left, top] = [clamp(Number(x.value), 100), clamp(Number(y.value), 100)]
    point.style.left = `${left}%`
    point.style.top = `${top}%`
    point.ariaValueNow = left
    point.ariaValueText = `${left}% from the left, ${top}% from the top`
    for (const crop of focal.querySelectorAll(".focal__crop")) {
      const shape = crop.clientWidth / crop.clientHeight
      const across = edge(left, Math.min(1, shape / ratio))
      const down = edge(top, Math.min(1, ratio / shape))
      crop.querySelector("img").style.objectPosition = `${across}% ${down}%`
    }
  }

  function put(left, top) {
    x.value = clamp(Math.round(left), 100)
    y.value = clamp(Math.round(top), 100)
    show()
  }

  function follow(event) {
    const box = still.getBoundingClientRect()
    put(
      ((event.clientX - box.left) / box.width) * 100,
      ((event.clientY - box.top) / box.height) * 100,
    )
  }

  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    picture.setPointerCapture(event.pointerId)
    follow(event)
    point.focus()
  })
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) follow(event)
  })
  point.addEventListener("keydown", (event) => {
    const way = KEYS[event.key]
    if (!way) return
    event.preventDefault()
    const far = event.shiftKey ? STRIDE : STEP
    put(Number(x.value) + way[0] * far, Number(y.value) + way[1] * far)
  })
  for (const input of [x, y]) input.addEventListener("input", show)
  focal.hidden = false
  show()
}

const focal = document.querySelector(".focal")
const x = document.querySelector("input[name=focal_x]")
const y = document.querySelector("input[name=focal_y]")
if (focal && x && y) start(focal, x, y)
