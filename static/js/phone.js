/* A participant's points, sent without leaving the page, each box for itself. Nothing needs this script: every form works
   by itself, and sends all its boxes at once.
   Words stay in their box, and on this phone with their form's id, until the server has said that they are in the
   database. The same id twice is one point, so whatever is in doubt is sent again. */
(() => {
  "use strict"
  const room = document.querySelector("[data-drafts]")
  if (!room || !window.fetch || !window.URLSearchParams || !window.crypto) return

  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector))
  const live = document.getElementById("announce")
  const OURS = "workshop:"
  const HERE = OURS + room.dataset.drafts + ":"
  const QUICKLY = 2000, SLOWLY = 60000, PATIENCE = 20000
  const REFUSED = "This could not be saved. Your words are still in the box. Reload this page, then try again."
  const TOO_LONG = "This is too long for one point. Your words are still in the box: make several points of them."
  const title = document.title

  /* A phone may have no storage, or a full one: then the words are in their box alone. */
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) } catch (e) { return null } }
  const write = (key, draft) => { try { localStorage.setItem(key, JSON.stringify(draft)); return true } catch (e) { return false } }
  const remove = (key) => { try { localStorage.removeItem(key) } catch (e) { /* nothing is kept there */ } }
  const keys = (beginning) => { try { return Object.keys(localStorage).filter((key) => key.startsWith(beginning)) } catch (e) { return [] } }

  /* crypto.randomUUID is there over https only. */
  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    bytes[6] = (bytes[6] & 15) | 64
    bytes[8] = (bytes[8] & 63) | 128
    return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
  }

  const post = async (form, fields) => {
    const stop = window.AbortController ? new AbortController() : null
    const timer = stop && setTimeout(() => stop.abort(), PATIENCE)
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "HX-Request": "true" },
        credentials: "same-origin",
        redirect: "error",
        signal: stop ? stop.signal : undefined,
      })
      /* A hotel's or a hospital's Wi-Fi answers 200 too, with its own page: only our marks count. */
      const isPage = (answer.headers.get("content-type") || "").startsWith("text/html")
      const body = new DOMParser().parseFromString(isPage ? await answer.text() : "", "text/html").body
      return { status: answer.status, part: body.querySelector("[data-point], [data-gone], [data-unsaved]") }
    } catch (e) {
      return { status: 0, part: null }
    } finally {
      clearTimeout(timer)
    }
  }

  let pause = QUICKLY, timer = 0
  const boxes = all("[data-box]").map((box) => {
    const key = HERE + box.dataset.box
    const form = box.closest("form")
    const field = (name) => box.querySelector(`[name=${name}]`)
    const area = field("text")
    const id = field("client_id") || { value: "", defaultValue: "" }
    const status = box.querySelector("[data-status]")
    const button = box.querySelector("button[type=submit]")
    /* isWaiting: the words in `sent` go again by themselves; other words wait for a tap. */
    /* sure: the server's mark for words that are meant although they seem to name somebody; it fits no others. */
    /* isEmptied: its words are saved, and nothing is written since. */
    let isSending = false, isWaiting = false, isEmptied = false, sent = "", sure = ""

    const say = (words, kind) => {
      status.className = "saved" + (kind ? " saved--" + kind : "")
      if (typeof words === "string") status.textContent = words
      else { status.textContent = ""; status.appendChild(document.importNode(words, true)) }
      if (kind === "failed") area.setAttribute("aria-invalid", "true")
      else area.removeAttribute("aria-invalid")
      document.title = kind === "failed" ? "Error: " + title : title
      const spoken = status.textContent.replace(/\s+/g, " ").trim()
      if (live && live.textContent !== spoken) live.textContent = spoken
    }
    const keep = () => {
      if (area.value !== area.defaultValue || isWaiting) return write(key, { id: id.value, text: area.value, waiting: isWaiting && area.value === sent, sure })
      const kept = read(key)
      /* Another tab may have begun something else in this box. */
      if (!kept || kept.id === id.value) remove(key)
      return true
    }
    const renew = () => {
      const kept = read(key)
      if (kept && kept.id === id.value) remove(key)
      id.value = newId()
      sure = ""
    }
    const show = (point) => {
      const item = document.importNode(point, true)
      const earlier = document.getElementById(item.id)
      if (earlier) earlier.replaceWith(item)
      else box.parentNode.querySelector("[data-points]").appendChild(item)
    }
    const saved = (part, isChanged) => {
      renew()
      if (isChanged) keep()
      else if (box.dataset.then) { location.assign(box.dataset.then); return }
      else { area.value = area.defaultValue = ""; isEmptied = true }
      if (part.hasAttribute("data-point") && !box.dataset.then) show(part)
      if (part.hasAttribute("data-gone")) say(part.textContent)
      else say(isChanged ? "Saved as it was when you sent it. What you have changed since is still in the box." : "Saved")
    }
    const notYet = (isServer, isChanged) => {
      isWaiting = !isChanged
      const where = keep() ? "Your words are kept on this phone." : "Your words are in the box: leave this page open."
      const why = isServer ? "Not saved yet: the server cannot take it at the moment. " : "Not sent yet: no signal. "
      say(why + where + (isChanged ? " You have changed them since: send them when you are ready." : " Trying again…"), "waiting")
      if (isWaiting) { clearTimeout(timer); timer = setTimeout(again, pause); pause = Math.min(pause * 2, SLOWLY) }
    }
    const send = async (isRetry) => {
      if (isSending) return
      const text = sent = area.value
      /* Once more, impatiently: it is saved. */
      if (!text.trim()) { if (!isEmptied) say("Write your point first", "failed"); area.focus(); return }
      isSending = isWaiting = true
      keep()
      button.setAttribute("aria-disabled", "true")
      if (!isRetry) say("Saving…", "waiting")
      const fields = { column: (field("column") || {}).value || "", client_id: id.value, text }
      if (sure) fields.sure = sure
      const { status: code, part } = await post(form, fields)
      isSending = isWaiting = false
      button.removeAttribute("aria-disabled")
      const isChanged = area.value !== text
      const isKept = code === 200 && part && !part.hasAttribute("data-unsaved")
      if (isKept) { pause = QUICKLY; saved(part, isChanged) }
      else if (code < 400 || code === 408 || code === 429 || code >= 500) notYet(code > 0 && code !== 200, isChanged)
      else { keep(); say(part || (code === 413 ? TOO_LONG : REFUSED), "failed") }
      const has = document.activeElement
      if (!isRetry && (has === button || has === document.body)) area.focus()
    }
    const restore = (isBack) => {
      const kept = read(key)
      if (kept && typeof kept.text === "string") {
        area.value = kept.text
        box.hidden = false
        if (kept.id) id.value = kept.id
        sure = kept.sure || ""
        isWaiting = Boolean(kept.waiting)
        sent = kept.text
        if (isWaiting) send(true)
        else say("These words are not sent yet. They were kept on this phone.", "waiting")
      } else if (isBack && area !== document.activeElement && write(HERE, 1)) {
        /* What the browser itself put back when one came here again has been sent: there would be a draft. */
        remove(HERE)
        area.value = area.defaultValue
        id.value = id.defaultValue
      } else keep() /* Somebody may have begun to write before this script had come. */
    }

    /* Old phones do not say whose button submits a form. */
    button.addEventListener("click", (event) => { event.preventDefault(); send() })
    area.addEventListener("input", () => {
      sure = ""
      isEmptied = false
      if (isWaiting && !isSending) { isWaiting = false; say("Not sent yet. Send it when you are ready.", "waiting") }
      const isKept = keep()
      if (!isSending && status.textContent && !status.classList.contains("saved--waiting") && isKept) say("")
    })
    status.addEventListener("click", (event) => {
      const { keep: choice, sure: mark } = event.target.dataset
      if (mark) { sure = mark; send() }
      if (mark === "") { say(""); area.focus() }
      if (choice === "both") { remove(key); id.value = newId(); send() }
      if (choice === "saved") { remove(key); area.value = area.defaultValue; location.reload() }
    })
    restore(window.performance && performance.navigation && performance.navigation.type > 0)
    return { retry: () => { if (isWaiting) send(true) }, restore }
  })

  const again = () => { clearTimeout(timer); boxes.forEach((box) => box.retry()) }
  const atOnce = () => { pause = QUICKLY; again() }
  addEventListener("online", atOnce)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) atOnce() })
  addEventListener("pageshow", (event) => { if (event.persisted) boxes.forEach((box) => box.restore(true)) })

  all("[data-clear]").forEach((mark) => keys(mark.dataset.clear ? OURS + mark.dataset.clear + ":" : OURS).forEach(remove))
  all("[data-unsent]").forEach((mark) => { mark.hidden = !keys(HERE + mark.dataset.unsent).length })
  all("[data-kept]").forEach((mark) => {
    const kept = read(HERE + mark.dataset.kept)
    if (!kept || !kept.text) return
    mark.hidden = false
    mark.querySelector("textarea").value = kept.text
  })
  const changed = document.querySelector("[data-changed]")
  if (changed) all("[data-point]").forEach((item) => {
    const kept = read(HERE + item.id.replace("-", ":"))
    if (!kept || !kept.text) return
    const note = document.importNode(changed.content, true)
    note.querySelector("textarea").defaultValue = kept.text
    item.appendChild(note)
  })
})()
