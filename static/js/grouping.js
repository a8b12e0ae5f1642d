// Grouping with others at the same time: whatever changes on the page, what a person has ticked, typed and opened stays, and
// so does the focus; where its place is gone, it goes to the next one that is still there. What was done is said once, and at
// most one thing every ten seconds (board.js and timer.js count too).
(() => {
  "use strict"
  const QUIET = 10_000
  const LONG = 3_000
  const FOCUSABLE = "input:not([type=hidden]), select, button, summary, a[href], [tabindex]"
  const root = document.getElementById("grouping")
  const announcer = document.getElementById("announce")
  if (!root) return

  const gone = document.getElementById("gone")
  let kept = null
  let words = ""
  let saying = 0
  let suggesting = 0

  const field = (id) => document.getElementById(id)
  const isBegun = (it) => it.type === "checkbox" ? it.checked !== it.defaultChecked
    : it.tagName === "SELECT" ? it.value !== "" : it.value !== it.defaultValue

  const keep = (source, status) => {
    const isOwn = root.contains(source)
    const done = isOwn && status === 200 ? source.closest("form") ?? source.form : null
    const fields = [...root.querySelectorAll("input[id]:not([type=hidden]), select[id]")]
    const order = [...root.querySelectorAll(FOCUSABLE)].map((it) => it.id).filter(Boolean)
    const active = root.contains(document.activeElement) ? document.activeElement : null
    return {
      isOwn,
      begun: fields.filter((it) => it.form !== done && isBegun(it))
        .map(({ id, checked, value, type }) => ({ id, checked, value, isWords: type === "text" })),
      finished: fields.filter((it) => done && it.form === done).map((it) => it.id),
      used: done?.elements.heading?.value,
      isDone: Boolean(done),
      // The news of one's own act may come after its answer, and knows nothing of what that said.
      notes: isOwn ? [] : [...root.querySelectorAll("[data-said]")].map((it) => ({ at: it.parentElement.id, note: it.cloneNode(true) })),
      // Words typed over an older heading are told so when they are saved, unless that was just done.
      based: isOwn ? [] : [...root.querySelectorAll("input[name=based_on]")]
        .filter((it) => isBegun(it.form.elements.heading)).map(({ id, value }) => ({ id, value })),
      opened: [...root.querySelectorAll("details[open]")].filter((it) => !done?.contains(it)).map((it) => it.id),
      focus: active?.id,
      selection: active?.type === "text" ? [active.selectionStart, active.selectionEnd] : null,
      order,
    }
  }

  const refocus = () => {
    if (!kept.focus || document.activeElement?.id === kept.focus) return
    const at = kept.order.indexOf(kept.focus)
    const ways = [...kept.order.slice(at), ...kept.order.slice(0, at).reverse(), "loose-heading"]
    // Neither gone nor folded away.
    const it = ways.map(field).find((each) => each && each.getClientRects().length)
    it?.focus({ preventScroll: it.id === kept.focus })
    if (kept.selection && it?.id === kept.focus) it.setSelectionRange(...kept.selection)
  }

  // A heading that somebody else merged, or a suggestion whose points they took: what was typed for it stays to be read.
  const keepWords = () => {
    const list = gone.querySelector("ul")
    for (const it of [...list.children]) if (it.textContent === kept.used) it.remove()
    const lost = kept.begun.filter(({ id, isWords, value }) => !kept.isDone && isWords && value.trim() && !field(id))
    for (const { value } of lost) {
      const item = document.createElement("li")
      item.dir = "auto"
      item.textContent = value
      list.append(item)
    }
    gone.hidden = !list.children.length
    return lost.length > 0
  }

  const restore = () => {
    for (const { id, checked, value } of kept.begun) {
      const it = field(id)
      if (!it) continue
      if (it.type === "checkbox") it.checked = checked
      else if (it.tagName !== "SELECT" || [...it.options].some((option) => option.value === value)) it.value = value
    }
    for (const it of kept.finished.map(field).filter(Boolean)) {
      if (it.type === "checkbox") it.checked = it.defaultChecked
      else it.value = it.tagName === "SELECT" ? "" : it.defaultValue
    }
    for (const { id, value } of kept.based) if (field(id)) field(id).value = value
    for (const it of kept.opened.map(field)) if (it) it.open = true
    for (const { at, note } of kept.notes) if (!field(note.id)) field(at)?.append(note)
    showSuggesting()
    refocus()
  }

  // Working out suggestions takes seconds: the page says so at once, and aloud when it takes long. What comes meanwhile hides it.
  const showSuggesting = () => {
    const line = field("suggesting")
    if (!line) return
    line.hidden = !suggesting
    if (suggesting) field("suggestions").setAttribute("aria-busy", "true")
    else field("suggestions").removeAttribute("aria-busy")
  }
  const setSuggesting = (event, isOn) => {
    const source = event.detail.ctx.sourceElement
    if ((source.form ?? source).id !== "suggest-form") return
    clearTimeout(suggesting)
    suggesting = isOn ? setTimeout(() => say(field("suggesting")?.textContent.trim()), LONG) : 0
    showSuggesting()
  }

  const say = (text) => {
    words = text
    if (saying) return
    const wait = () => Number(announcer.dataset.until || 0) - performance.now()
    const speak = () => {
      if (wait() > 0) { saying = setTimeout(speak, wait() + 50); return }
      saying = 0
      announcer.textContent = words
      announcer.dataset.until = performance.now() + QUIET
    }
    speak()
  }

  // Who clicks twice means it once: the second click would be told that somebody else was first, or undo one step more.
  root.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("button")) event.preventDefault()
  }, true)

  document.addEventListener("htmx:before:request", (event) => setSuggesting(event, true))
  document.addEventListener("htmx:finally:request", (event) => setSuggesting(event, false))
  document.addEventListener("htmx:before:swap", (event) => {
    setSuggesting(event, false)
    const { sourceElement, response } = event.detail.ctx
    kept = keep(sourceElement, response?.status)
  })
  // What was answered may have taken away the form that asked: no later event of htmx would be heard.
  new MutationObserver((changes) => {
    if (!kept) return
    restore()
    const hasGone = keepWords()
    const isNew = changes.some((change) => change.type === "childList" && (change.addedNodes.length || change.removedNodes.length))
    const said = hasGone ? gone.textContent.replace(/\s+/g, " ").trim()
      : kept.isOwn ? root.querySelector("[data-said]")?.textContent.trim()
      : isNew ? "The points and headings have changed." : ""
    if (said) say(said)
    kept = null
  }).observe(root, { childList: true, subtree: true, characterData: true })
})()
