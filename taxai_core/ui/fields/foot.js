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
  const { printed, place, read, value, read_from, note, failed, edited } = field
  if (printed) lines.push(line("", "printed ", { value: `“${printed}”` }, place && ` · ${place}`))
  else if (value) lines.push(line("", "typed; it stands nowhere on the page"))
  else lines.push(line("", "not found on the paper"))
  if (edited && read) {
    const yours = value ? [" · yours ", { value }] : [" · cleared"]
    lines.push(line("", "read ", { value: read }, ` · ${read_from}`, ...yours))
  }
  if (note) lines.push(line("", note))
  return [...lines, ...failed.map((text) => line("fail", `✗ ${text}`))]
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
    reset: () => act(view, paper.chosen, "reset"),
    clear: () => act(view, paper.chosen, "clear"),
  }
  for (const button of parentElement.querySelectorAll("[data-act]")) {
    const name = button.dataset.act
    button.disabled = !can[name]
    button.onclick = does[name]
    if (name === "pick") button.setAttribute("aria-pressed", Boolean(data.picking))
  }
}
