// One page of a paper with the outlines of its tables. Runs again on every change of data, so it
// only touches what differs: the picture is never loaded twice and the scroll position stays.
const SVG = "http://www.w3.org/2000/svg"
const STEP = 1.25, SMALLEST = 0.5, LARGEST = 4
const zooms = new WeakMap()

// The page's keys belong to the page, not to a cell that is open for typing (the grid's editor
// lives in #portal): there Ctrl+Z takes back a letter, and approving would lose what is typed.
const KEYS_OF_THE_PAGE = ["z", "y", "n", "p", "enter"]
const leaveToTheCell = (event) => {
  const isOfThePage = (event.ctrlKey || event.metaKey) && KEYS_OF_THE_PAGE.includes(event.key.toLowerCase())
  if (isOfThePage && event.target.closest?.("#portal")) event.stopPropagation()
}
window.addEventListener("keydown", leaveToTheCell, true)

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const sheet = find(".sheet"), image = find("img"), svg = find("svg"), scroll = find(".scroll")

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
  }
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = acts[button.dataset.act]
  }
  find("[data-act=previous]").disabled = data.page <= 1
  find("[data-act=next]").disabled = data.page >= data.pages
  find(".where").textContent = `page ${data.page} of ${data.pages}`
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

  svg.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`)
  svg.replaceChildren(...data.boxes.map(({ id, label, box, dropped }) => {
    const [x0, top, x1, bottom] = box
    const rect = document.createElementNS(SVG, "rect")
    const sides = { x: x0, y: top, width: x1 - x0, height: bottom - top, rx: 2 }
    for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value)
    rect.classList.toggle("chosen", id === data.chosen)
    rect.classList.toggle("dropped", dropped)
    rect.dataset.table = id
    rect.setAttribute("role", "button")
    rect.setAttribute("aria-label", label)
    rect.onclick = () => setTriggerValue("table", id)
    const title = document.createElementNS(SVG, "title")
    title.textContent = label
    rect.append(title)
    return rect
  }))

  const mark = `${data.name}/${data.chosen}`
  if (scroll.dataset.mark !== mark) {
    scroll.dataset.mark = mark
    const chosen = data.boxes.find(({ id }) => id === data.chosen)
    if (chosen) {
      const scale = sheet.clientWidth / data.width
      const [top, bottom] = [chosen.box[1] * scale, chosen.box[3] * scale]
      const isSeen = top >= scroll.scrollTop && bottom <= scroll.scrollTop + scroll.clientHeight
      if (!isSeen) scroll.scrollTo({ top: Math.max(0, top - 24), behavior: isNewPage ? "auto" : "smooth" })
    }
  }
}
