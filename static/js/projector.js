// The big screen stays awake where the browser can, and fills the screen at a button's press.
(() => {
  "use strict"
  const button = document.getElementById("full-screen")

  const stayAwake = () => {
    // Refused on battery or where it is not known: then the screen sleeps as it always did.
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {})
  }
  stayAwake()
  // The browser lets go of it whenever the page is hidden.
  document.addEventListener("visibilitychange", stayAwake)

  if (!button || !document.fullscreenEnabled) return
  const show = () => { button.hidden = Boolean(document.fullscreenElement) }
  button.addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}))
  document.addEventListener("fullscreenchange", show)
  show()
})()
