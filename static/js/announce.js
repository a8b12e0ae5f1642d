// Says in the page's one live region what stands in an element with data-announced, when it changes or comes without a new
// page: the newest, at most every ten seconds (board.js, grouping.js and timer.js count too).
(() => {
  "use strict"
  const QUIET = 10_000
  const announcer = document.getElementById("announce")
  let words = ""
  let saying = 0

  const speak = () => {
    const quiet = Number(announcer.dataset.until || 0) - performance.now()
    if (quiet > 0) { saying = setTimeout(speak, quiet + 50); return }
    saying = 0
    announcer.textContent = words
    announcer.dataset.until = performance.now() + QUIET
  }
  const read = () => {
    const now = new Map()
    for (const it of document.querySelectorAll("[data-announced]")) now.set(it, it.textContent.replace(/\s+/g, " ").trim())
    return now
  }
  // Deferred: what the page came with is read by whoever reads the page.
  let told = read()
  new MutationObserver(() => {
    const now = read()
    for (const [it, said] of now) {
      if (!said || said === told.get(it)) continue
      words = said
      saying ||= setTimeout(speak)
    }
    told = now
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
})()
