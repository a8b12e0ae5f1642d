// Counts down every element with data-left (milliseconds, from the server when it wrote the page) by the browser's own
// stopwatch: whatever time its clock says, it is right, also after a reload and in what htmx or a script swaps in.
(() => {
  "use strict"
  const MINUTE = 60000
  const DOUBT = 2000
  const timers = new Map()
  const announcer = document.getElementById("announce")
  let pending = 0

  const told = (left) => {
    if (left <= 0) return "Time is up"
    const seconds = Math.ceil(left / 1000)
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  }
  // Text that changes inside its node: nobody who watches the page's elements is woken by it.
  const show = (element, words) => {
    if (!element.firstChild) element.append(words)
    else if (element.firstChild.data !== words) element.firstChild.data = words
  }
  const announce = (words) => {
    const quiet = Number(announcer.dataset.until || 0) - performance.now()
    if (quiet > 0) { setTimeout(announce, quiet, words); return }
    announcer.dataset.until = performance.now() + 10000
    announcer.textContent = words
  }

  const tick = () => {
    clearTimeout(pending)
    let next = 0
    for (const [element, timer] of timers) {
      const left = timer.isRunning ? timer.end - performance.now() : timer.left
      show(element, told(left) + (timer.isRunning || left <= 0 ? "" : ", paused"))
      element.classList.toggle("timer--over", left <= 0)
      if (!timer.isRunning) continue
      if (timer.before > MINUTE && left <= MINUTE && left > 0) announce("1 minute left")
      if (timer.before > 0 && left <= 0) announce("Time is up")
      timer.before = left
      if (left > 0) next = Math.min(next || 1000, left % 1000 || 1000)
    }
    if (next) pending = setTimeout(tick, next + 5)
  }

  // What is left belongs to the moment in which the page was asked for: the answer's way here counts.
  const begun = (performance.getEntriesByType("navigation")[0] || {}).responseStart || performance.now()
  const read = (moment) => {
    let isNew = false
    for (const element of timers.keys()) if (!element.isConnected) timers.delete(element)
    for (const element of document.querySelectorAll("[data-left]")) {
      const key = element.dataset.left + element.dataset.running
      const known = timers.get(element)
      if (known && known.key === key) continue
      const left = Number(element.dataset.left)
      timers.set(element, { key, left, end: moment + left, before: left, isRunning: element.dataset.running === "yes" })
      isNew = true
    }
    if (isNew) tick()
  }

  // A device that slept may have stopped its stopwatch: then the server says again how long it is.
  let stopwatch = performance.now(), clock = Date.now()
  const doubt = async () => {
    if (document.hidden) return
    const drift = Math.abs(Date.now() - clock - (performance.now() - stopwatch))
    stopwatch = performance.now()
    clock = Date.now()
    if (drift < DOUBT || !timers.size) return
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const fresh = page.querySelector("[data-left]")
      for (const element of timers.keys()) if (fresh) Object.assign(element.dataset, fresh.dataset)
    } catch (e) { /* no signal: the next news of the meeting brings it */ }
  }

  read(begun)
  new MutationObserver(() => read(performance.now())).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-left", "data-running"],
  })
  document.addEventListener("visibilitychange", doubt)
  addEventListener("pageshow", (event) => { if (event.persisted) doubt() })
})()
