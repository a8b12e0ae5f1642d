/* Keeps what is typed and chosen on the practice scale on this phone until the server has it: the browser may lose a page
   that is sent without a signal. The form itself is sent by the browser. */
(() => {
  "use strict"
  const room = document.querySelector("[data-drafts]")
  const form = document.querySelector("[data-draft]")
  if (!room || !form) return

  const key = "workshop:" + room.dataset.drafts + ":" + form.dataset.draft
  const NAMES = ["value", "not_lower", "one_higher"]
  const fields = () => Array.from(form.elements).filter((field) => NAMES.includes(field.name))
  const now = () => {
    const kept = {}
    fields().forEach((field) => { if (field.type !== "radio" || field.checked) kept[field.name] = field.value })
    return kept
  }
  /* As the server keeps words: what it has is no longer to be sent. */
  const tidy = (kept) => JSON.stringify(NAMES.map((name) => String((kept || {})[name] || "").normalize("NFC").trim()))
  const before = tidy(now())
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) } catch (e) { return null } }
  const remove = () => { try { localStorage.removeItem(key) } catch (e) { /* nothing is kept there */ } }
  const keep = () => {
    if (tidy(now()) === before) return remove()
    try { localStorage.setItem(key, JSON.stringify(now())) } catch (e) { /* then the words are in their boxes alone */ }
  }

  /* Saved as it was sent: what is kept here is what the server has. Or the server gave the words back itself. */
  const kept = read()
  const isRefused = Boolean(document.querySelector(".govuk-error-summary"))
  if (kept && !isRefused && tidy(kept) !== before) {
    fields().forEach((field) => {
      if (typeof kept[field.name] !== "string") return
      if (field.type === "radio") field.checked = field.value === kept[field.name]
      else field.value = kept[field.name]
    })
    const line = document.createElement("p")
    line.className = "saved saved--waiting"
    line.textContent = "This answer is not sent yet. It was kept on this phone."
    form.insertBefore(line, form.firstChild)
    const live = document.getElementById("announce")
    if (live) live.textContent = line.textContent
  } else if (kept) remove()
  form.addEventListener("input", keep)
  form.addEventListener("change", keep)
})()
