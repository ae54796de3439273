// The fields of one paper. What a person chooses or types is shown at once; the app is told, and what
// it says of it is shown when it comes. Runs again on every change of data, so it only touches what
// differs: nothing moves, no field that is open for typing closes.
const FIRST = "To look at first"
const STAYS_MS = 120
const papers = new Map() // by paper: what is chosen, typed and waits for an answer
const views = new WeakMap() // by place on the screen: its rows
const wishes = { first: false, empty: false }

const paperOf = (name) => {
  if (!papers.has(name)) {
    papers.set(name, {
      chosen: null, told: undefined, sent: [], // the choice here, that of the app, those on their way
      drafts: new Map(), acts: [], heard: new Set(), // typed; not answered; answers heard
      editing: null, order: null,
    })
  }
  return papers.get(name)
}

const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text
}
const make = (tag, className, role) => {
  const element = document.createElement(tag)
  element.className = className
  if (role) element.setAttribute("role", role)
  return element
}

// The app's choice counts where it is news: not an echo of a choice made here meanwhile.
const followChoice = ({ data, paper }) => {
  if (data.chosen === paper.told) return false
  paper.told = data.chosen
  const at = paper.sent.indexOf(data.chosen)
  if (at >= 0) {
    paper.sent.splice(0, at + 1)
    return false
  }
  paper.sent = []
  paper.chosen = data.chosen
  return true
}

const hearAnswers = ({ data, paper }) => {
  for (const [id, { name, text, sentence }] of Object.entries(data.answers)) {
    if (paper.heard.has(id)) continue
    paper.heard.add(id)
    paper.acts = paper.acts.filter((act) => act.id !== id)
    if (sentence) paper.drafts.set(name, { text, sentence })
    else if (paper.drafts.get(name)?.id === id || id.startsWith("picked-")) paper.drafts.delete(name)
  }
}

const rowsOf = (data) => new Map(data.groups.flatMap(({ rows }) => rows).map((row) => [row.name, row]))

const isShown = (view, row) =>
  wishes.empty || row.value || row.edited || view.paper.drafts.has(row.name) || view.paper.chosen === row.name

// To look at first: failed sums, then unsure values. That order stays while one goes through it.
const shownGroups = (view) => {
  const { data, paper, rows } = view
  const all = wishes.first ? [{ title: FIRST, rows: inOrder(paper, data, rows) }] : data.groups
  return all
    .map(({ title, rows }) => ({ title, rows: rows.filter((row) => isShown(view, row)) }))
    .filter(({ rows }) => rows.length)
}
const inOrder = (paper, data, rows) => {
  paper.order ??= [...data.order]
  const names = new Set([...paper.order, ...rows.keys()])
  return [...names].map((name) => rows.get(name)).filter(Boolean)
}

// Tell the app the choice and all acts that no answer has come to: of two messages that follow each
// other closely it may get the later one only.
const tell = (view) => {
  clearTimeout(view.timer)
  const { chosen, acts, sent } = view.paper
  if (chosen !== sent.at(-1) && chosen !== view.paper.told) sent.push(chosen)
  view.send("told", { chosen, acts })
}

// Told after a link was followed, a choice would bring back the page that is left.
window.addEventListener("click", ({ target }) => {
  if (target.closest("a[href]")) clearTimeout(present?.timer)
}, true)

const choose = (view, name, { focus = true } = {}) => {
  const { paper } = view
  if (paper.chosen !== name) {
    paper.chosen = name
    // The page outlines it at once; the app hears of it where one stays.
    window.dispatchEvent(new CustomEvent("taxai-field", { detail: name }))
    clearTimeout(view.timer)
    view.timer = setTimeout(() => tell(view), STAYS_MS)
  }
  draw(view)
  if (focus) focusRow(view)
}

// A box clicked on the page: the app hears of it from there.
let present = null // the view on the screen
const follow = (name) => {
  if (!present?.parentElement.isConnected || !present.rows.has(name)) return
  clearTimeout(present.timer)
  present.paper.chosen = name
  present.paper.sent.push(name)
  window.dispatchEvent(new CustomEvent("taxai-field", { detail: name }))
  draw(present)
  showRow(present)
  takeFocus(present)
}
window.addEventListener("taxai-box", ({ detail }) => follow(detail))

const draw = (view) => {
  const { data, parentElement } = view
  parentElement.querySelector(".pane").classList.toggle("several", data.papers > 1)
  drawWarnings(parentElement.querySelector(".warnings"), data.warnings)
  for (const box of parentElement.querySelectorAll("[data-wish]")) box.checked = wishes[box.dataset.wish]
  const all = [...view.rows.values()]
  const filled = all.filter(({ value }) => value).length
  setText(parentElement.querySelector(".count"), `${filled} of ${all.length} filled`)
  drawRows(view)
  drawFoot(view)
}

const drawWarnings = (list, warnings) => {
  if (list.dataset.said === warnings.join("\n")) return
  list.dataset.said = warnings.join("\n")
  list.replaceChildren(...warnings.map((text) => {
    const item = make("li", "")
    item.textContent = text
    return item
  }))
}

export default function ({ data, parentElement, setTriggerValue }) {
  const isNew = !views.has(parentElement)
  if (isNew) views.set(parentElement, { elements: new Map(), parentElement })
  const view = views.get(parentElement)
  const isOther = view.data?.paper !== data.paper
  Object.assign(view, { data, paper: paperOf(data.paper), rows: rowsOf(data), send: setTriggerValue })
  if (isOther) view.paper.told = undefined
  if (isNew || isOther) view.paper.order = null
  present = view
  hearAnswers(view)
  const isLed = followChoice(view)
  setUpTyping(view)
  for (const box of parentElement.querySelectorAll("[data-wish]")) {
    box.onchange = () => {
      wishes[box.dataset.wish] = box.checked
      view.paper.order = null
      draw(view)
      showRow(view)
    }
  }
  draw(view)
  if (isLed || isOther) {
    showRow(view)
    takeFocus(view)
  }
}
