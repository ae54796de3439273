// Typing a value into its row, and the keys of the list.
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }
let acts = 0

const act = (view, name, type, text = "") => {
  const id = `${Date.now()}-${(acts += 1)}`
  const { seq } = view.rows.get(name)
  view.paper.acts.push({ id, record: view.data.record, name, type, text, seq })
  tell(view)
  return id
}

const openInput = (view, field, cell) => {
  if (cell.querySelector("input")) return
  const input = document.createElement("input")
  input.type = "text"
  input.value = view.paper.drafts.get(field.name)?.text ?? field.value
  input.autocomplete = "off"
  input.spellcheck = false
  input.setAttribute("aria-label", field.title)
  const list = document.createElement("datalist")
  list.id = `choices-${field.name}`
  list.append(...field.choices.map((choice) => new Option(choice)))
  if (field.choices.length) input.setAttribute("list", list.id)
  input.onkeydown = (event) => typed(view, field.name, event)
  input.onblur = () => { if (view.paper.editing === field.name && cell.isConnected) commit(view, field.name) }
  cell.replaceChildren(input, list)
  input.focus({ preventScroll: true })
  input.select()
}

const edit = (view, name) => {
  if (view.data.locked || !name) return
  const draft = view.paper.drafts.get(name)
  if (draft && !draft.sentence) return // it is on its way
  view.paper.editing = name
  choose(view, name, { focus: false })
  showRow(view)
}

const leave = (view) => {
  view.paper.editing = null
}

const commit = (view, name) => {
  const field = view.rows.get(name)
  const text = view.elements.get(name).row.querySelector("input")?.value.trim() ?? ""
  leave(view)
  const draft = view.paper.drafts.get(name)
  view.paper.drafts.delete(name)
  if (!text && field.value) view.paper.drafts.set(name, { text: " ", id: act(view, name, "clear") })
  else if (text && (text !== field.value || draft?.sentence)) {
    view.paper.drafts.set(name, { text, id: act(view, name, "set", text) })
  }
  draw(view)
}

const typed = (view, name, event) => {
  event.stopPropagation() // the keys of the list are letters and movements here
  if (!["Enter", "Escape", "Tab"].includes(event.key)) return
  event.preventDefault()
  if (event.key === "Escape") {
    view.paper.drafts.delete(name)
    leave(view)
    draw(view)
    return focusRow(view)
  }
  commit(view, name)
  if (event.key === "Enter") return focusRow(view)
  const next = view.names[view.names.indexOf(name) + (event.shiftKey ? -1 : 1)]
  if (next) edit(view, next)
  else focusRow(view)
}

const step = (view, by) => {
  const now = view.names.indexOf(view.paper.chosen)
  const last = view.names.length - 1
  const next = now < 0 ? 0 : Math.min(last, Math.max(0, now + by))
  if (view.names[next]) choose(view, view.names[next])
}

const pick = (view, wanted) => act(view, view.paper.chosen, wanted ? "pick" : "stop")

const setUpTyping = (view) => {
  const list = view.parentElement.querySelector(".list")
  list.onclick = (event) => {
    const name = event.target.closest(".row, .refusal")
    const chosen = name?.dataset.name ?? name?.dataset.of
    if (!chosen || event.target.closest("input")) return
    // A click into the value of the row that is chosen already is meant for typing.
    if (event.target.closest(".value") && view.paper.chosen === chosen) edit(view, chosen)
    else choose(view, chosen)
  }
  list.ondblclick = (event) => edit(view, event.target.closest(".row")?.dataset.name)
  list.onkeydown = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const { chosen } = view.paper
    if (event.key in STEPS) step(view, STEPS[event.key])
    else if (event.key === "Enter" || event.key === "F2") edit(view, chosen)
    else if (event.key.toLowerCase() === "p" && chosen && !view.data.locked) pick(view, !view.data.picking)
    else if (event.key === "Escape" && view.data.picking) pick(view, false)
    else if (event.key === "Escape" && view.paper.drafts.get(chosen)?.sentence) {
      view.paper.drafts.delete(chosen)
      draw(view)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
}
