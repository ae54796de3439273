// Below the list: where the chosen value stands and what was read there, and what can be done.
const line = (className, ...parts) => {
  const element = make("p", className)
  for (const part of parts) {
    if (typeof part === "string") element.append(part)
    else {
      const strong = make("b", "")
      strong.textContent = part.value
      element.append(strong)
    }
  }
  return element
}

const evidence = (field) => {
  const lines = []
  const where = [field.place, field.confidence && !field.edited ? field.confidence : ""]
  const place = where.filter(Boolean).join(" · ")
  if (field.printed) lines.push(line("", "printed ", { value: `“${field.printed}”` }, place ? ` · ${place}` : ""))
  else if (place) lines.push(line("", place))
  else if (field.value) lines.push(line("", "typed; it stands nowhere on the page"))
  else lines.push(line("", "not found on the paper"))
  if (field.edited && field.read) {
    lines.push(line("", "read ", { value: field.read }, field.value ? " · yours " : " · cleared", ...(field.value ? [{ value: field.value }] : [])))
  }
  if (field.note) lines.push(line("", field.note))
  return [...lines, ...field.failed.map((text) => line("fail", `✗ ${text}`))]
}

const drawFoot = (view) => {
  const { data, paper, parentElement } = view
  const said = parentElement.querySelector(".said")
  const field = view.rows.get(paper.chosen)
  const lines = field
    ? evidence(field)
    : [line("", "↑ ↓ go through the fields, Enter types, P picks a value from the page")]
  const words = lines.map(({ outerHTML }) => outerHTML).join("")
  if (said.dataset.words !== words) {
    said.dataset.words = words
    said.replaceChildren(...lines)
  }
  const can = {
    edit: field && !data.locked,
    pick: field && !data.locked,
    reset: field && !data.locked && field.edited,
    clear: field && !data.locked && field.value,
  }
  const does = {
    edit: () => edit(view, paper.chosen),
    pick: () => pick(view, !data.picking),
    reset: () => tell(view, { type: "reset", name: paper.chosen }),
    clear: () => tell(view, { type: "clear", name: paper.chosen }),
  }
  for (const button of parentElement.querySelectorAll("[data-act]")) {
    const { act } = button.dataset
    button.disabled = !can[act]
    button.onclick = does[act]
    if (act === "pick") button.setAttribute("aria-pressed", Boolean(data.picking))
  }
}
