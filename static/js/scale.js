/* Keeps what is typed and chosen on the practice scale on this phone until the server has it: the browser may lose a page
   that is sent without a signal. The form itself is sent by the browser. */
(() => {
  "use strict"
  const room = document.querySelector("[data-drafts]")
  const form = document.querySelector("[data-draft]")
  const shelf = document.querySelector("[data-kept-answer]")
  if (!room) return

  const HERE = "workshop:" + room.dataset.drafts + ":"
  const NAMES = ["value", "not_lower", "one_higher"]
  const key = form && HERE + form.dataset.draft
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) } catch (e) { return null } }
  const write = (key, words) => { try { localStorage.setItem(key, JSON.stringify(words)) } catch (e) { /* then the words are in their boxes alone */ } }
  const remove = (key) => { try { localStorage.removeItem(key) } catch (e) { /* nothing is kept there */ } }
  const others = () => { try { return Object.keys(localStorage).filter((each) => each.startsWith(HERE + "scale:") && each !== key) } catch (e) { return [] } }
  /* As the server keeps words: what it has is no longer to be sent. */
  const tidy = (kept) => JSON.stringify(NAMES.map((name) => String((kept || {})[name] || "").normalize("NFC").trim()))

  if (form) {
    const fields = () => Array.from(form.elements).filter((field) => NAMES.includes(field.name))
    const now = () => {
      const kept = {}
      fields().forEach((field) => { if (field.type !== "radio" || field.checked) kept[field.name] = field.value })
      return kept
    }
    const shown = tidy(now())
    /* Given back by the server: what stands in the form from the beginning is not saved. */
    const isRefused = Boolean(document.querySelector(".govuk-error-summary"))
    const keep = () => { if (tidy(now()) === shown && !isRefused) remove(key); else write(key, now()) }

    const kept = read(key)
    if (kept && !isRefused && tidy(kept) !== shown) {
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
    } else if (kept && !isRefused) remove(key)
    /* Words that came too late for one asking are in the form of the next. */
    const given = isRefused ? others().filter((each) => tidy(read(each)) === shown) : []
    if (given.length) write(key, now())
    given.forEach(remove)
    form.addEventListener("input", keep)
    form.addEventListener("change", keep)
  }

  const left = shelf && others().map(read).find(Boolean)
  if (!left) return
  shelf.querySelector("textarea").defaultValue = NAMES.map((name) => left[name]).filter(Boolean).join("\n\n")
  shelf.hidden = false
})()
