// The rows: one a field, made once and then only changed where they differ.
const MARKS = { pass: "✓", fail: "✗", "": "" }

const newRow = (name) => {
  const row = make("div", "row", "row")
  row.dataset.name = name
  for (const cell of ["name", "value", "sure", "mark"]) row.append(make("span", cell, "gridcell"))
  row.querySelector(".name").append(make("span", "title"), make("span", "sum"))
  const refusal = make("div", "refusal", "alert")
  refusal.dataset.of = name
  return { row, refusal }
}

const elementsOf = (view, name) => {
  if (!view.elements.has(name)) view.elements.set(name, newRow(name))
  return view.elements.get(name)
}

const wordsOf = (field, draft) => {
  const said = [field.title, draft?.text || field.value || (field.edited ? "cleared" : "not printed")]
  if (field.confidence) said.push(`confidence ${field.confidence}`)
  if (field.check === "pass") said.push("its sum holds")
  if (field.check === "fail") said.push(`fails: ${field.sum}`)
  if (field.edited) said.push("edited")
  return said.join(", ")
}

const drawRow = (view, field) => {
  const { row, refusal } = elementsOf(view, field.name)
  const { paper, data } = view
  const draft = paper.drafts.get(field.name)
  const isChosen = paper.chosen === field.name
  const looks = {
    chosen: isChosen, low: field.low, fail: field.check === "fail", edited: field.edited,
    empty: !field.value, refused: Boolean(draft?.sentence), saving: Boolean(draft && !draft.sentence),
    wide: field.kind === "name",
  }
  for (const [look, holds] of Object.entries(looks)) row.classList.toggle(look, holds)
  row.setAttribute("aria-selected", isChosen)
  row.setAttribute("aria-label", wordsOf(field, draft))
  row.tabIndex = isChosen ? 0 : -1
  setText(row.querySelector(".title"), field.title)
  setText(row.querySelector(".sum"), field.sum)
  row.querySelector(".name").title = field.sum ? `${field.title} · ${field.failed.join(" · ")}` : field.title
  const value = row.querySelector(".value")
  if (paper.editing === field.name && !data.locked) openInput(view, field, value)
  else {
    const text = draft?.text || field.value || (field.edited ? "cleared" : "–")
    setText(value, text)
    value.title = text
  }
  setText(row.querySelector(".sure"), field.edited ? "edited" : field.confidence)
  setText(row.querySelector(".mark"), MARKS[field.check])
  setText(refusal, draft?.sentence ?? "")
  return draft?.sentence ? [row, refusal] : [row]
}

const newGroup = (title) => {
  const group = make("div", "group", "rowgroup")
  group.setAttribute("aria-label", title)
  const head = make("div", "head")
  head.textContent = title
  group.append(head)
  return group
}

// Put children in their order without touching those that stand right: an open input keeps its focus.
const arrange = (parent, wanted) => {
  wanted.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null)
  })
  while (parent.children.length > wanted.length) parent.lastElementChild.remove()
}

const drawRows = (view) => {
  const list = view.parentElement.querySelector(".list")
  const groups = shownGroups(view)
  const names = groups.flatMap(({ rows }) => rows.map(({ name }) => name))
  view.names = names
  const drawn = groups.map(({ title, rows }) => {
    const name = `group ${title}`
    if (!view.elements.has(name)) view.elements.set(name, newGroup(title))
    const group = view.elements.get(name)
    arrange(group, [group.firstElementChild, ...rows.flatMap((field) => drawRow(view, field))])
    return group
  })
  arrange(list, drawn)
  const isChosen = names.includes(view.paper.chosen)
  if (!isChosen && names.length) elementsOf(view, names[0]).row.tabIndex = 0
}

// Scroll the list alone, and only where the row is out of sight.
const showRow = (view) => {
  const list = view.parentElement.querySelector(".list")
  const row = view.elements.get(view.paper.chosen)?.row
  if (!row?.isConnected) return
  const place = row.getBoundingClientRect(), frame = list.getBoundingClientRect()
  const room = place.height
  if (place.top < frame.top + room) list.scrollTop -= frame.top + room - place.top
  else if (place.bottom > frame.bottom - room) list.scrollTop += place.bottom - frame.bottom + room
}

const focusRow = (view) => {
  showRow(view)
  if (!view.paper.editing) view.elements.get(view.paper.chosen)?.row.focus({ preventScroll: true })
}

// A field chosen on the page is at hand for the keys; where somebody types, nothing is taken away.
const takeFocus = (view) => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  if (!at?.matches?.("input, textarea, select, canvas")) focusRow(view)
}
