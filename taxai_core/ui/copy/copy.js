// A button that copies a text, and says for a moment that it did.
const SAID_FOR_MS = 2000

// `navigator.clipboard` is there on this machine and over HTTPS only.
const copyByHand = (text, place) => {
  const field = document.createElement("textarea")
  field.value = text
  place.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  return done
}

const copy = async (text, place) => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByHand(text, place)
  }
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  if (!button.dataset.says) button.textContent = data.label
  button.onclick = async () => {
    button.dataset.says = "yes"
    button.textContent = (await copy(data.text, parentElement)) ? "Copied" : "Your browser does not let it be copied"
    setTimeout(() => {
      delete button.dataset.says
      button.textContent = data.label
    }, SAID_FOR_MS)
  }
}
