// Picking a value: a click on a word, or a drag over several, gives their text and place to the
// chosen field. Esc ends it.
const picks = new WeakMap() // where the pointer went down, while it is down
let pickingKeys = { cancel: () => {} }
let picked = 0

window.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !isTyped(event)) pickingKeys.cancel()
}, true)

const wordsIn = (words, [x0, top, x1, bottom]) => {
  const isTouched = ([, ...box]) => x0 <= box[2] && x1 >= box[0] && top <= box[3] && bottom >= box[1]
  return words.filter(isTouched)
}
const unionOf = (words) => [
  Math.min(...words.map((word) => word[1])), Math.min(...words.map((word) => word[2])),
  Math.max(...words.map((word) => word[3])), Math.max(...words.map((word) => word[4])),
]

function setUpPicking({ data, parentElement, send }) {
  const find = (selector) => parentElement.querySelector(selector)
  const sheet = find(".sheet"), layer = find(".words"), hint = find("p.picking")
  const isOn = Boolean(data.picking)
  sheet.classList.toggle("picking", isOn)
  hint.textContent = isOn
    ? `Click the value of “${data.picking}”, or drag over its words · Esc ends`
    : ""
  pickingKeys = { cancel: () => { if (isOn) send("pick", false) } }
  if (!isOn) {
    picks.delete(parentElement)
    layer.replaceChildren()
    layer.dataset.page = ""
    return
  }
  if (layer.dataset.page !== data.name) {
    layer.dataset.page = data.name
    layer.replaceChildren(...data.words.map(([, ...box]) => outline(box)))
  }
  const pointOf = (event) => {
    const place = sheet.getBoundingClientRect()
    const x = ((event.clientX - place.left) / place.width) * data.width
    const y = ((event.clientY - place.top) / place.height) * data.height
    return { x, y }
  }
  const touched = () => {
    const drag = picks.get(parentElement)
    return drag ? wordsIn(data.words, sidesOf(drag)) : []
  }
  const show = () => {
    const now = new Set(touched())
    data.words.forEach((word, at) => layer.children[at].classList.toggle("picked", now.has(word)))
  }
  sheet.onpointerdown = (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    sheet.setPointerCapture(event.pointerId)
    picks.set(parentElement, { from: pointOf(event), to: pointOf(event) })
    show()
  }
  sheet.onpointermove = (event) => {
    const drag = picks.get(parentElement)
    if (!drag) return
    drag.to = pointOf(event)
    show()
  }
  sheet.onpointerup = () => {
    const words = touched()
    picks.delete(parentElement)
    show()
    if (!words.length) return
    const text = words.map(([text]) => text).join(" ")
    send("words", { id: `${Date.now()}-${(picked += 1)}`, page: data.page, box: unionOf(words), text })
  }
  sheet.onpointercancel = () => { picks.delete(parentElement); show() }
}
