/* Takes a phone along with the room. The stream carries a number; when it is another than the page has, the phone asks where
   the room is, and slowly in between for when nothing arrives. It then goes there, but never while a box holds words that
   are not sent: then a line says where the room is, and the page stays. When the meeting is no longer there (a rehearsal that
   has ended) a line says that, and what is in the boxes stays. Nothing needs this script.

   data-to of what the server answers is the page where the room is, so that going there asks once; data-to of the page leads
   to wherever the room is by the time it is asked. */
(() => {
  "use strict"
  const now = document.querySelector("[data-now]")
  if (!now || !window.fetch || !window.DOMParser) return

  const live = document.getElementById("announce")
  const part = (name, from) => (from || now).querySelector("[data-" + name + "]")
  const SLOWLY = 30000, QUICKLY = 6000, SPREAD = 3000, PATIENCE = 10000, QUIET = 10000, CALM = 1000
  const here = now.dataset.key, goes = now.hasAttribute("data-moves")
  /* A page of others' words: what the facilitator hides is off it at once. */
  const own = now.hasAttribute("data-fresh") && now.dataset.revision
  let key = here, revision = now.dataset.revision, to = now.dataset.to
  const first = part("moved"), news = document.querySelector("[data-news]")
  let source = null, heard = "", isFlowing = false, isHinted = false, isAsking = false, isWanted = false
  let isOver = false, polling = 0, looking = 0, renewing = 0, speaking = 0, calm = 0, leaving = 0
  let ballot = document.querySelector("[data-ballot]"), ballotOf = revision, ballotDue = 0, readAgain = 0

  /* Given back by the server: what stands in the boxes from the beginning is not saved. */
  const isRefused = Boolean(document.querySelector(".govuk-error-summary"))
  /* What phone.js kept of an earlier visit is in its box by now; what it is sending stays there until it is saved. */
  const holds = (field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked && (!field.defaultChecked || isRefused)
    if (field.type === "hidden" || field.type === "submit" || !field.value.trim()) return false
    return field.value !== field.defaultValue || field === document.activeElement || isRefused
  }
  /* data-sending: a vote on its way (acts.js). */
  const hasWords = () => document.querySelector("[data-sending]") || Array.from(document.querySelectorAll("main textarea, main input")).some(holds)

  /* One announcement in ten seconds, together with the timer's (timer.js): the newest, if it still holds by then. */
  let told = ""
  const say = (line) => {
    const words = line.textContent.replace(/\s+/g, " ").trim()
    if (!words || words === told || !live) return
    clearTimeout(speaking)
    told = words
    speaking = setTimeout(() => {
      if (!line.isConnected || line.hidden) return
      live.dataset.until = performance.now() + QUIET
      live.textContent = words
    }, Math.max(0, Number(live.dataset.until || 0) - performance.now()))
  }

  /* Where the room was when it went along: by the time it is there, the room may have moved on again. */
  const keep = (standing) => { try { sessionStorage.setItem("going", standing); return true } catch (e) { return false } }
  const kept = () => { try { return sessionStorage.getItem("going") } catch (e) { return null } }
  const forget = () => { try { sessionStorage.removeItem("going") } catch (e) { /* nothing was kept */ } }
  const go = () => location.assign(keep(key) ? to : now.dataset.to)

  /* Called whenever the server has just said where the room is: it can be reached, so going there loses nobody. */
  const decide = () => {
    clearTimeout(looking)
    const line = part("moved")
    if (key === here) {
      calm = 0
      told = ""
      if (line !== first) line.replaceWith(first)
      return
    }
    const isHeld = Boolean(hasWords())
    if (!isHeld && !calm && goes) { go(); return }
    part("yours", line).hidden = !isHeld
    line.hidden = false
    say(line)
    if (!goes) return
    /* Once the words are sent, a moment to see that they are; whoever writes on is left alone. */
    calm = isHeld ? 2 : calm - 1
    looking = setTimeout(calm ? decide : ask, CALM)
  }

  /* One's own points as the facilitator has left them meanwhile (released, reworded): what stands in the list, never a box. */
  const parts = (item) => Array.from(item.querySelectorAll(".words, .point__meta"))
  const words = (item) => parts(item).map((it) => it.outerHTML).join("")
  const renew = async () => {
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "error" })
      const body = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html").body
      body.querySelectorAll("[data-point]").forEach((fresh) => {
        const item = document.getElementById(fresh.id)
        if (!item || words(item) === words(fresh)) return
        parts(item).forEach((it) => it.remove())
        parts(fresh).forEach((it) => item.insertBefore(document.importNode(it, true), item.querySelector(".point__actions")))
      })
    } catch (e) { /* no signal: with the next news, or on the next page */ }
  }

  /* What the room votes on, as it is now: a heading whose points the facilitator hides is off the page at once. A vote that
     was given meanwhile is newer than what the server answers, so it is asked once more. */
  const putBallot = (fresh) => {
    const had = ballot.contains(document.activeElement) && document.activeElement
    const part = had && had.closest("[data-part]")
    ballot.replaceWith(fresh)
    ballot = fresh
    if (!had) return
    const next = had.id && document.getElementById(had.id)
    const near = next || (part && document.getElementById(part.id)) || fresh
    if (!next) near.setAttribute("tabindex", "-1")
    near.focus({ preventScroll: true })
  }
  const readBallot = async () => {
    const before = ballot.innerHTML, seen = revision
    readAgain = performance.now() + CALM + Math.random() * CALM
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "error" })
      const fresh = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html").querySelector("[data-ballot]")
      if (!fresh) return
      if (ballot.innerHTML !== before || document.querySelector("[data-sending]")) { ballotSoon(); return }
      ballotOf = seen
      putBallot(document.importNode(fresh, true))
    } catch (e) { /* no signal: when the room is next asked about */ }
  }
  const ballotSoon = () => {
    clearTimeout(ballotDue)
    ballotDue = setTimeout(readBallot, Math.max(0, readAgain - performance.now()))
  }

  const end = () => {
    isOver = true
    clearTimeout(looking)
    disconnect()
    part("moved").hidden = true
    part("over").hidden = false
    say(part("over"))
  }

  const take = (standing) => {
    if (!own && revision !== standing.dataset.revision && document.querySelector("[data-point]")) {
      clearTimeout(renewing)
      renewing = setTimeout(renew, Math.random() * SPREAD)
    }
    revision = standing.dataset.revision
    if (ballot && ballotOf !== revision) ballotSoon()
    /* When the room has moved on, this phone goes along instead: a page made anew would take that for where it had been. */
    const isHere = standing.dataset.key === here
    if (own && isHere && revision !== own && performance.now() > leaving && !hasWords()) { location.reload(); return }
    const timer = part("timer", standing), line = part("moved", standing)
    if (part("timer").innerHTML !== timer.innerHTML) part("timer").replaceWith(document.importNode(timer, true))
    if (news.innerHTML !== part("news", standing).innerHTML) {
      news.innerHTML = part("news", standing).innerHTML
      say(news)
    }
    if (standing.dataset.key !== key) {
      key = standing.dataset.key
      to = standing.dataset.to
      if (key !== here) part("moved").replaceWith(document.importNode(line, true))
    }
    decide()
  }
  const ask = async () => {
    isWanted = true
    if (isAsking || isOver) return
    const before = revision, wasHinted = isHinted
    isAsking = true
    isWanted = isHinted = false
    const stop = window.AbortController ? new AbortController() : null
    const giving = stop && setTimeout(() => stop.abort(), PATIENCE)
    try {
      const answer = await fetch(now.dataset.standing, { credentials: "same-origin", redirect: "error", signal: stop ? stop.signal : undefined })
      const body = new DOMParser().parseFromString(answer.ok || answer.status === 404 ? await answer.text() : "", "text/html").body
      /* A hotel's or a hospital's Wi-Fi answers too, with its own page: only our marks count. */
      if (part("over", body)) { end(); return }
      const standing = part("here", body)
      if (standing) take(standing)
    } catch (e) { /* no signal: asked again soon */ }
    clearTimeout(giving)
    isAsking = false
    if (isOver) return
    /* News that no hint had told of: whatever the stream looks like, it is dead. */
    if (isFlowing && revision !== before && !wasHinted) disconnect()
    connect()
    if (isWanted) ask()
    else wait()
  }

  const disconnect = () => { if (source) source.close(); source = null; heard = ""; isFlowing = false }
  const connect = () => {
    if (!window.EventSource || (source && source.readyState !== 2)) return
    disconnect()
    source = new EventSource(now.dataset.stream)
    /* The first number comes at once: it shows that nothing on the way keeps the stream back. */
    source.addEventListener("changed", (event) => {
      isFlowing = true
      heard = event.data
      if (heard === revision) { wait(); return }
      isHinted = true
      ask()
    })
    source.addEventListener("error", () => {
      /* It tries again by itself, and each time says so: what is due already is not put off. */
      if (isFlowing) { isFlowing = false; wait() }
    })
  }
  const wait = () => {
    clearTimeout(polling)
    polling = setTimeout(ask, (isFlowing && heard === revision ? SLOWLY : QUICKLY) + Math.random() * SPREAD)
  }

  /* Whoever has tapped a link is on the way there: a page made anew would take them back. */
  document.addEventListener("click", (event) => { if (event.target.closest("a[href]")) leaving = performance.now() + PATIENCE })
  addEventListener("online", ask)
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return
    /* Somebody went back, to read: as the page is now, with the line, instead of on again at once. */
    if (key !== here && !hasWords()) location.reload()
    else ask()
  })
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask() })
  const meant = kept()
  forget()
  if (meant && meant !== here && goes && !first.hidden && !hasWords()) { location.assign(now.dataset.to); return }
  connect()
  wait()
})()
