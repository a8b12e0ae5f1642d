// Keeps a board (or join screen) like the database: asks what changed at every hint, whenever the connection comes back, and
// slowly in between for when nothing arrives. One question at a time: `since` is read when it is asked, so an answer that
// came meanwhile must have been taken in. Shows in words how the connection stands; says in the page's one live region, at
// most every ten seconds (the timer's words counted: timer.js), what is new and that the connection was lost or is back.
// Where the server says that there is no such meeting any more, or not for whoever asks, the page says so, leads back, and asks
// no more.
(() => {
  "use strict"
  const SLOW = 10_000
  const SPREAD = 5_000
  const ANNOUNCE = 10_000
  const PATIENCE = 2_000
  const LIVE = "Live."
  const SLOWLY = "Updating every few seconds."
  const LOST = "Connection lost, trying again."
  const ENDED = "Ended."
  const stream = document.getElementById("stream")
  const changes = document.getElementById("changes")
  const state = document.getElementById("connection")
  const announcer = document.getElementById("announce")
  if (!stream || !changes) return
  // Where the focus group is that a rehearsal was made of: an ended one leads back there.
  const rehearsed = document.querySelector("[data-rehearsed]")?.dataset.rehearsed

  let connection = null
  let isOver = false
  let isAsking = false
  let isWanted = false
  let hintedSince = false
  let slowly = 0
  let doubt = 0
  let arrived = 0
  let announcing = 0
  // That it is live from the beginning goes without saying.
  let told = LIVE
  let step = document.getElementById("run-step")?.textContent

  const speak = () => {
    const quiet = Number(announcer.dataset.until || 0) - performance.now()
    if (quiet > 0) { announcing = setTimeout(speak, quiet); return }
    const now = document.getElementById("run-step")?.textContent
    const points = arrived ? arrived === 1 ? "1 new point" : `${arrived} new points` : ""
    const news = [now === step ? "" : `Now: ${now}`, points].filter(Boolean).join(". ")
    const words = [state.textContent === told ? "" : state.textContent, news].filter(Boolean).join(" ")
    announcing = arrived = 0
    step = now
    told = state.textContent
    if (!words) return
    announcer.textContent = words
    announcer.dataset.until = performance.now() + ANNOUNCE
  }
  const announce = () => { announcing ||= setTimeout(speak) }
  const say = (words) => {
    clearTimeout(doubt)
    doubt = 0
    if (isOver || state.textContent === words) return
    state.textContent = words
    announce()
  }
  // A reconnection takes a moment, a restart some seconds: words that flicker help nobody.
  const lose = () => { doubt ||= setTimeout(say, PATIENCE, LOST) }

  const end = () => {
    say(rehearsed ? "The rehearsal has ended." : ENDED)
    isOver = true
    connection?.reader?.cancel()
    stream.remove()
    const line = document.createElement("div")
    const back = document.createElement("a")
    // A big screen does not go on to show what is no longer there.
    for (const id of ["screen", "timer"]) document.getElementById(id)?.replaceChildren()
    line.className = "flash flash--information"
    line.id = "ended"
    back.className = "govuk-link"
    back.href = rehearsed ?? "/"
    back.textContent = rehearsed ? "Back to what was rehearsed" : "Go to your programmes"
    line.append(rehearsed ? "The rehearsal has ended, and nothing of it was kept. " : "This meeting is no longer here, or no longer yours to run. ", back)
    document.getElementById("main").prepend(line)
  }

  const ask = () => {
    isWanted = true
    if (isAsking || isOver) return
    isAsking = true
    isWanted = false
    clearTimeout(slowly)
    htmx.trigger(changes, "ask")
  }
  const askSlowly = () => {
    clearTimeout(slowly)
    if (isOver) return
    slowly = setTimeout(() => {
      if (!connection) htmx.trigger(stream, "connect")
      hintedSince = false
      ask()
    }, SLOW + Math.random() * SPREAD)
  }

  changes.addEventListener("htmx:finally:request", (event) => {
    const { response: answer, text } = event.detail.ctx
    // Our own page: what stands in between answers 404 too while the server is away. 403: a role was lowered.
    if ([403, 404].includes(answer?.status) && text?.includes("– Workshop</title>")) return end()
    // The next question is sent once htmx has closed this one.
    queueMicrotask(() => {
      isAsking = false
      if (isWanted) ask()
      else askSlowly()
    })
    if (!answer || answer.status >= 400) return lose()
    if (answer.status === 200 && connection && !hintedSince) {
      // There was news that no hint had told of: whatever the connection looks like, it is dead.
      connection.reader?.cancel()
    }
    if (!connection) say(SLOWLY)
  })
  changes.addEventListener("htmx:after:swap", () => {
    const seen = changes.querySelector("[data-arrived]")
    arrived += Number(seen?.dataset.arrived ?? 0)
    // Counted once, however often there is a swap before the next answer.
    if (seen) seen.dataset.arrived = 0
    const present = document.getElementById("run-step")?.textContent
    if (arrived || present !== step) announce()
  })

  // What somebody hides or holds adds a line above it: the keyboard's place may slide out of the window.
  document.getElementById("moderation")?.addEventListener("htmx:after:swap", () => {
    document.activeElement.scrollIntoView({ block: "nearest" })
  })

  // A button that was pressed may be gone from what is swapped in: the keyboard goes on from what stands in its place.
  const run = document.getElementById("run")
  let held = null
  document.addEventListener("focusin", ({ target }) => { held = run?.contains(target) ? target : null })
  if (run) new MutationObserver(() => {
    if (!held || held.isConnected || document.activeElement !== document.body) return
    run.querySelector("#timer-hold, #next, summary")?.focus({ preventScroll: true })
  }).observe(run, { childList: true, subtree: true })

  stream.addEventListener("changed", () => { hintedSince = true; ask() })
  stream.addEventListener("htmx:sse:after:connection", (event) => {
    connection = event.detail.connection
    say(LIVE)
    // Between the page and this moment something may have changed.
    hintedSince = true
    ask()
  })
  const disconnected = () => { connection = null; lose() }
  stream.addEventListener("htmx:sse:before:connection", (event) => { if (event.detail.connection.attempt) disconnected() })
  stream.addEventListener("htmx:sse:error", disconnected)
  stream.addEventListener("htmx:sse:close", disconnected)
  stream.addEventListener("htmx:error", disconnected)
  addEventListener("online", () => { connection?.reader?.cancel(); ask() })
  addEventListener("offline", () => say(LOST))
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask() })

  // All deferred scripts have run by now. htmx may have looked at the page before its extension was there: look again.
  addEventListener("DOMContentLoaded", () => {
    htmx.process(stream)
    htmx.trigger(stream, "connect")
    askSlowly()
  })
})()
