// Drawing an area on the page with the mouse. It is measured in PDF points of the page as shown, so
// zoom and scroll make no difference. Esc gives up what is drawn, then the drawing itself.
const LEAST_PT = 5
const isDrawing = new WeakSet()
const drags = new WeakMap()
// What the keys of the one viewer on the screen do; the newest drawing of it counts.
let drawingKeys = { toggle: () => {}, cancel: () => {} }

const onDrawingKey = (event) => {
  if (isTyped(event)) return
  const wantsToDraw = event.ctrlKey && event.altKey && event.code === "KeyA"
  if (wantsToDraw) {
    event.preventDefault()
    event.stopPropagation()
    drawingKeys.toggle()
  } else if (event.key === "Escape") drawingKeys.cancel()
}
window.addEventListener("keydown", onDrawingKey, true)

const sidesOf = ({ from, to }) => [
  Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y),
]

function setUpDrawing({ data, parentElement, send }) {
  const find = (selector) => parentElement.querySelector(selector)
  const sheet = find(".sheet"), band = find(".band rect"), button = find("[data-act=draw]")

  const show = () => {
    const drag = drags.get(parentElement)
    sheet.classList.toggle("drawing", isDrawing.has(parentElement))
    button.setAttribute("aria-pressed", isDrawing.has(parentElement))
    band.style.display = drag ? "" : "none"
    if (drag) setSides(band, sidesOf(drag))
  }
  const draw = (wanted) => {
    if (wanted && data.can_draw) isDrawing.add(parentElement)
    else isDrawing.delete(parentElement)
    if (!wanted) drags.delete(parentElement)
    show()
  }
  const pointOf = (event) => {
    const place = sheet.getBoundingClientRect()
    const share = (at, start, length) => Math.min(1, Math.max(0, (at - start) / length))
    return {
      x: share(event.clientX, place.left, place.width) * data.width,
      y: share(event.clientY, place.top, place.height) * data.height,
    }
  }

  sheet.onpointerdown = (event) => {
    if (!isDrawing.has(parentElement) || event.button !== 0) return
    event.preventDefault()
    sheet.setPointerCapture(event.pointerId)
    drags.set(parentElement, { from: pointOf(event), to: pointOf(event) })
    show()
  }
  sheet.onpointermove = (event) => {
    const drag = drags.get(parentElement)
    if (!drag) return
    drag.to = pointOf(event)
    show()
  }
  sheet.onpointerup = () => {
    const drag = drags.get(parentElement)
    if (!drag) return
    const [x0, top, x1, bottom] = sidesOf(drag)
    if (x1 - x0 < LEAST_PT || bottom - top < LEAST_PT) drags.delete(parentElement)
    else {
      draw(false)
      send({ page: data.page, box: [x0, top, x1, bottom] })
    }
    show()
  }
  sheet.onpointercancel = () => { drags.delete(parentElement); show() }

  drawingKeys = {
    toggle: () => draw(!isDrawing.has(parentElement)),
    cancel: () => {
      if (drags.has(parentElement)) { drags.delete(parentElement); show() }
      else if (isDrawing.has(parentElement)) draw(false)
      else if (data.has_area) send({ page: data.page, box: null })
    },
  }
  button.disabled = !data.can_draw
  if (!data.can_draw) draw(false)
  show()
  return drawingKeys.toggle
}
