// Tells once that no cell is open for typing; the grid's editor lives in #portal.
const LOOK_EVERY_MS = 200

export default function ({ setTriggerValue }) {
  const timer = setInterval(() => {
    if (document.querySelector("#portal textarea, #portal input")) return
    clearInterval(timer)
    setTriggerValue("now", true)
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
