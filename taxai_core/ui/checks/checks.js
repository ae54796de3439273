// The sums of a paper. A click on a sum chooses all of its members on the page, one on a member
// that one alone.
const MARKS = { pass: "✓", fail: "✗", not_applicable: "–" }
const WORDS = { pass: "holds", fail: "does not hold", not_applicable: "cannot be checked" }

const make = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

const isSame = (one, other) => one.length === other.length && one.every((name) => other.includes(name))

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".checks")
  const focused = list.getRootNode().activeElement?.dataset.key
  const present = (check) => check.members.filter(({ value }) => value).map(({ name }) => name)

  const memberOf = (check, { sign, name, title, value }) => {
    const button = make("button", "member")
    button.type = "button"
    button.dataset.key = `${check.name}/${name}`
    button.append(make("span", "sign", sign), make("span", "title", title), make("span", "value", value || "not printed"))
    button.classList.toggle("chosen", data.chosen.length === 1 && data.chosen[0] === name)
    button.classList.toggle("absent", !value)
    button.onclick = () => setTriggerValue("choose", [name])
    return button
  }
  const checkOf = (check) => {
    const names = present(check)
    const item = make("section", `check ${check.status}`)
    const head = make("button", "head")
    head.type = "button"
    head.dataset.key = check.name
    head.disabled = !names.length
    head.append(make("span", "mark", MARKS[check.status]), make("span", "title", check.title))
    head.setAttribute("aria-label", `${check.title}: ${WORDS[check.status]}. ${check.sides}`)
    head.onclick = () => setTriggerValue("choose", names)
    item.append(head)
    const isOpen = check.status === "fail" || isSame(names, data.chosen)
    item.classList.toggle("chosen", names.length > 0 && isSame(names, data.chosen))
    if (check.sides) item.append(make("p", "sides", check.sides))
    if (isOpen) item.append(...check.members.map((member) => memberOf(check, member)))
    if (isOpen && check.limit) item.append(make("p", "limit", check.limit))
    return item
  }
  list.replaceChildren(...data.checks.map(checkOf))
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
}
