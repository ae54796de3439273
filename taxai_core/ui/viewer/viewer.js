// One page of a paper with the outlines of its tables or fields. Runs again on every change of data, so it
// only touches what differs: the picture is never loaded twice and the scroll position stays.
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

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const sheet = find(".sheet"), image = find("img"), scroll = find(".scroll")

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
  setUpMarks({ data, parentElement, send: setTriggerValue, isNewPage })
  setUpPicking({ data, parentElement, send: setTriggerValue })
}
