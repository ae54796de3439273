// The field that finds words in the document; what it holds goes to the app and nowhere else.
function setUpFinding({ data, parentElement, send }) {
  const find = (selector) => parentElement.querySelector(selector)
  const field = find("input"), count = find(".count")
  const step = (by) => send({ phrase: field.value, step: by })

  field.onkeydown = (event) => {
    event.stopPropagation() // the page's single keys are letters here
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1)
    if (event.key === "Escape") field.value = ""
    if (event.key === "Escape") step(0)
  }
  field.oninput = () => { if (!field.value) step(0) } // the cross that empties it
  if (field.dataset.name !== data.document) {
    field.dataset.name = data.document
    field.value = data.found?.phrase ?? ""
  }
  count.textContent = data.found?.words ?? ""
  const isSome = Boolean(data.found?.places)
  for (const [act, by] of [["earlier", -1], ["later", 1]]) {
    const button = find(`[data-act=${act}]`)
    button.style.display = isSome ? "" : "none"
    button.onclick = () => step(by)
  }
}
