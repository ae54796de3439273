// One page of a paper with the outlines of its tables or fields. Runs again on every change of data, so it
// only touches what differs: the picture is never loaded twice and the scroll position stays.
const SVG = "http://www.w3.org/2000/svg"
const STEP = 1.25, SMALLEST = 0.5, LARGEST = 4
const zooms = new WeakMap()

// The page's keys belong to the page, not to a cell that is open for typing (the grid's editor
// lives in #portal) or to a field of text: there Ctrl+Z takes back a letter, and approving would
// lose what is typed.
const KEYS_OF_THE_PAGE = ["z", "y", "n", "p", "enter"]
const isTyped = (event) =>
  event.target.closest?.("#portal") || ["search", "text"].includes(event.composedPath()[0].type)
const leaveToTheField = (event) => {
  const isOfThePage = (event.ctrlKey || event.metaKey) && KEYS_OF_THE_PAGE.includes(event.key.toLowerCase())
  if (isOfThePage && isTyped(event)) event.stopPropagation()
}
window.addEventListener("keydown", leaveToTheField, true)

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

// A field chosen in the list beside the page is outlined at once, before the app hears of it; and
// the list shows at once which field's box was clicked.
let outlineField = () => {}
window.addEventListener("taxai-field", ({ detail }) => outlineField(detail))

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const sheet = find(".sheet"), image = find("img"), svg = find(".marks"), scroll = find(".scroll")

  const zoom = (factor) => {
    zooms.set(parentElement, factor)
    sheet.style.width = `${factor * 100}%`
  }
  const zoomBy = (factor) => {
    const now = zooms.get(parentElement) ?? 1
    const next = Math.min(LARGEST, Math.max(SMALLEST, now * factor))
    const middle = (scroll.scrollTop + scroll.clientHeight / 2) / scroll.scrollHeight
    zoom(next)
    scroll.scrollTop = middle * scroll.scrollHeight - scroll.clientHeight / 2
  }
  const turnTo = (page) => {
    if (page >= 1 && page <= data.pages) setTriggerValue("page", page)
  }
  const acts = {
    previous: () => turnTo(data.page - 1),
    next: () => turnTo(data.page + 1),
    in: () => zoomBy(STEP),
    out: () => zoomBy(1 / STEP),
    fit: () => zoom(1),
    draw: setUpDrawing({ data, parentElement, send: (area) => setTriggerValue("area", area) }),
  }
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = acts[button.dataset.act]
  }
  setUpFinding({ data, parentElement, send: (wanted) => setTriggerValue("find", wanted) })
  find("[data-act=previous]").disabled = data.page <= 1
  find("[data-act=next]").disabled = data.page >= data.pages
  find(".where").textContent = `page ${data.page} of ${data.pages}`
  find(".kind").textContent = data.kind === "text" ? "" : data.kind
  scroll.onwheel = (event) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    zoomBy(event.deltaY < 0 ? STEP : 1 / STEP)
  }

  const isNewPage = image.dataset.name !== data.name
  if (isNewPage) {
    image.dataset.name = data.name
    image.alt = `Page ${data.page}`
    if (data.picture) image.src = data.picture
    sheet.style.display = data.picture ? "" : "none"
    sheet.style.aspectRatio = `${data.width} / ${data.height}`
    find(".nothing").style.display = data.picture ? "none" : "block"
    scroll.scrollTop = 0
  }

  for (const layer of parentElement.querySelectorAll("svg")) {
    layer.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`)
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
  const tables = data.boxes.map(({ id, label, box, dropped }) => {
    const rect = outline(box)
    rect.classList.toggle("chosen", id === data.chosen)
    rect.classList.toggle("dropped", dropped)
    rect.dataset.table = id
    return button(rect, label, () => setTriggerValue("table", id))
  })
  const [present, ...others] = data.chosen_fields
  const fields = data.fields.map(({ name, label, box, look }) => {
    const rect = outline(around(box), `field ${look}`)
    rect.classList.toggle("chosen", name === present)
    rect.classList.toggle("beside", others.includes(name))
    rect.dataset.field = name
    return button(rect, label, () => {
      window.dispatchEvent(new CustomEvent("taxai-box", { detail: name }))
      setTriggerValue("field", name)
    })
  })
  fields.sort((one, other) => one.classList.contains("chosen") - other.classList.contains("chosen"))
  const hits = data.hits.map(({ box, present }) => outline(box, present ? "hit present" : "hit"))
  svg.replaceChildren(...tables, ...fields, ...hits, ...data.areas.map((box) => outline(box, "area")))
  setUpPicking({ data, parentElement, send: setTriggerValue })

  // What was chosen last, the table, the field or a place found, is brought into view once.
  const chosen = data.boxes.find(({ id }) => id === data.chosen)?.box
  const field = data.fields.find(({ name }) => data.chosen_fields.includes(name))?.box
  const place = data.hits.find(({ present }) => present)?.box
  const reveal = (what, mark, box) => {
    if (scroll.dataset[what] === mark) return
    scroll.dataset[what] = mark
    if (!box) return
    const scale = sheet.clientWidth / data.width
    const [top, bottom] = [box[1] * scale, box[3] * scale]
    const [left, right] = [box[0] * scale, box[2] * scale]
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = scroll
    const isSeen = top >= scrollTop && bottom <= scrollTop + clientHeight
    const isBeside = right < scrollLeft || left > scrollLeft + clientWidth
    if (isSeen && !isBeside) return
    // A table from its top on; a single value with what stands above it.
    const above = what === "field" ? clientHeight / 3 : 24
    scroll.scrollTo({
      top: isSeen ? scrollTop : Math.max(0, top - above),
      left: isBeside ? Math.max(0, left - clientWidth / 3) : scrollLeft,
      behavior: isNewPage ? "auto" : "smooth",
    })
  }
  reveal("table", `${data.name}/${data.chosen}`, chosen)
  reveal("field", `${data.name}/${data.chosen_fields}`, field)
  outlineField = (name) => {
    const wanted = data.fields.find((one) => one.name === name)
    for (const rect of fields) {
      rect.classList.toggle("chosen", rect.dataset.field === name)
      rect.classList.remove("beside")
      if (rect.dataset.field === name) svg.append(rect)
    }
    if (wanted) reveal("field", `${data.name}/${name}`, wanted.box)
  }
  reveal("place", `${data.name}/${data.found?.phrase}/${data.found?.at}`, place)
}
