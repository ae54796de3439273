// The outlines on the page, of tables or of fields and of places found; a click on one chooses it.
const SVG = "http://www.w3.org/2000/svg"
const setSides = (rect, [x0, top, x1, bottom]) => {
  const sides = { x: x0, y: top, width: x1 - x0, height: bottom - top, rx: 2 }
  for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value)
}
// A line around a word must not strike through it.
const ROOM_PT = 1.5
const around = ([x0, top, x1, bottom]) => [x0 - ROOM_PT, top - ROOM_PT, x1 + ROOM_PT, bottom + ROOM_PT]
const outline = (box, className) => {
  const rect = document.createElementNS(SVG, "rect")
  setSides(rect, box)
  if (className) rect.setAttribute("class", className)
  return rect
}
const button = (rect, label, act) => {
  rect.setAttribute("role", "button")
  rect.setAttribute("aria-label", label)
  rect.onclick = act
  const title = document.createElementNS(SVG, "title")
  title.textContent = label
  rect.append(title)
  return rect
}

const tableMarks = (data, send) => data.boxes.map(({ id, label, box, dropped }) => {
  const rect = outline(box)
  rect.classList.toggle("chosen", id === data.chosen)
  rect.classList.toggle("dropped", dropped)
  rect.dataset.table = id
  return button(rect, label, () => send("table", id))
})

// The chosen one last: it is drawn over the others.
const fieldMarks = (data, send) => {
  const [present, ...others] = data.chosen_fields
  const marks = data.fields.map(({ name, label, box, look }) => {
    const rect = outline(around(box), `field ${look}`)
    rect.classList.toggle("chosen", name === present)
    rect.classList.toggle("beside", others.includes(name))
    rect.dataset.field = name
    return button(rect, label, () => {
      window.dispatchEvent(new CustomEvent("taxai-box", { detail: name }))
      send("field", name)
    })
  })
  return marks.sort((one, other) => one.classList.contains("chosen") - other.classList.contains("chosen"))
}

// Bring what was chosen last into view, once: a table from its top on, a value with what stands
// above it.
const reveal = ({ data, parentElement, isNewPage }, what, mark, box) => {
  const sheet = parentElement.querySelector(".sheet"), scroll = parentElement.querySelector(".scroll")
  if (scroll.dataset[what] === mark) return
  scroll.dataset[what] = mark
  if (!box) return
  const [left, top, right, bottom] = box.map((side) => (side * sheet.clientWidth) / data.width)
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = scroll
  const isSeen = top >= scrollTop && bottom <= scrollTop + clientHeight
  const isBeside = right < scrollLeft || left > scrollLeft + clientWidth
  if (isSeen && !isBeside) return
  scroll.scrollTo({
    top: isSeen ? scrollTop : Math.max(0, top - (what === "field" ? clientHeight / 3 : 24)),
    left: isBeside ? Math.max(0, left - clientWidth / 3) : scrollLeft,
    behavior: isNewPage ? "auto" : "smooth",
  })
}

// A field chosen in the list beside the page is outlined at once, before the app hears of it; and
// the list shows at once which field's box was clicked.
let outlineField = () => {}
window.addEventListener("taxai-field", ({ detail }) => outlineField(detail))

function setUpMarks(view) {
  const { data, parentElement, send } = view
  const svg = parentElement.querySelector(".marks")
  const tables = tableMarks(data, send), fields = fieldMarks(data, send)
  const hits = data.hits.map(({ box, present }) => outline(box, present ? "hit present" : "hit"))
  svg.replaceChildren(...tables, ...fields, ...hits, ...data.areas.map((box) => outline(box, "area")))

  const table = data.boxes.find(({ id }) => id === data.chosen)
  const field = data.fields.find(({ name }) => data.chosen_fields.includes(name))
  const place = data.hits.find(({ present }) => present)
  reveal(view, "table", `${data.name}/${data.chosen}`, table?.box)
  reveal(view, "field", `${data.name}/${data.chosen_fields}`, field?.box)
  reveal(view, "place", `${data.name}/${data.found?.phrase}/${data.found?.at}`, place?.box)
  outlineField = (name) => {
    for (const rect of fields) {
      const isChosen = rect.dataset.field === name
      rect.classList.toggle("chosen", isChosen)
      rect.classList.remove("beside")
      if (isChosen) svg.append(rect)
    }
    const wanted = data.fields.find((one) => one.name === name)
    if (wanted) reveal({ ...view, isNewPage: false }, "field", `${data.name}/${name}`, wanted.box)
  }
}
