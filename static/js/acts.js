/* One-tap acts of a participant (a vote, a "me too"), without leaving the page. Nothing needs this script: each is a form.
   A form carries the id of its act, so whatever is in doubt is sent again by another tap. */
(() => {
  "use strict"
  if (!window.fetch || !window.URLSearchParams || !window.FormData) return

  const live = document.getElementById("announce")
  const PATIENCE = 20000
  const NO_SIGNAL = "Not sent: no signal. Tap again."

  const say = (form, words, isFailure) => {
    if (live && live.textContent !== words) live.textContent = words
    const part = form.closest("[data-part]")
    const earlier = part && part.querySelector("[data-failure]")
    if (earlier) earlier.remove()
    if (!part || !isFailure) return
    const line = document.createElement("p")
    line.className = "saved saved--failed"
    line.setAttribute("data-failure", "")
    line.textContent = words
    form.parentNode.parentNode.insertBefore(line, form.parentNode.nextSibling)
  }

  const send = async (form) => {
    const stop = window.AbortController ? new AbortController() : null
    const timer = stop && setTimeout(() => stop.abort(), PATIENCE)
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "HX-Request": "true" },
        credentials: "same-origin",
        signal: stop ? stop.signal : undefined,
      })
      return { address: answer.redirected ? answer.url : "", body: new DOMParser().parseFromString(await answer.text(), "text/html").body }
    } catch (e) {
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  const act = async (form, button) => {
    if (form.hasAttribute("data-sending")) return
    form.setAttribute("data-sending", "")
    button.setAttribute("aria-disabled", "true")
    const hadFocus = document.activeElement === button || document.activeElement === document.body
    const answer = await send(form)
    form.removeAttribute("data-sending")
    button.removeAttribute("aria-disabled")
    /* Where the server leads elsewhere (the phone is no longer known here), go there. */
    if (answer && answer.address) { location.assign(answer.address); return }
    const said = answer && Array.from(answer.body.querySelectorAll("[data-said]"), (line) => line.textContent.trim()).join(". ")
    const part = answer && answer.body.querySelector("[data-part]")
    const here = part && document.getElementById(part.id)
    /* A hotel's or a hospital's Wi-Fi answers too, with its own page: only our marks count. */
    if (!here) { say(form, said || NO_SIGNAL, true); return }
    const fresh = document.importNode(part, true)
    here.replaceWith(fresh)
    say(form, said || "Done")
    if (!hadFocus) return
    const next = fresh.querySelector("#" + CSS.escape(button.id))
    if (next) next.focus({ preventScroll: true })
    else { fresh.setAttribute("tabindex", "-1"); fresh.focus({ preventScroll: true }) }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target
    if (!form.hasAttribute("data-act")) return
    event.preventDefault()
    act(form, form.querySelector("button"))
  })
})()
