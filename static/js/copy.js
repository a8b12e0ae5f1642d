// A button that copies what stands in a text box: data-copy names the box, data-copied says what to do then. Beside it, [data-announced] says that it did (announce.js).
(() => {
  "use strict"
  const copy = async (box) => {
    // Over plain http browsers have no clipboard to write to; the old way still works.
    if (navigator.clipboard) {
      try { return await navigator.clipboard.writeText(box.value) } catch { /* refused: the old way, too */ }
    }
    box.focus()
    box.select()
    if (!document.execCommand("copy")) throw new Error("not copied")
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    const box = document.getElementById(button.dataset.copy)
    const status = button.parentElement.querySelector("[data-announced]")
    button.hidden = false
    button.addEventListener("click", async () => {
      status.textContent = ""
      try {
        await copy(box)
        status.textContent = button.dataset.copied
      } catch {
        box.select()
        status.textContent = "The text is marked: copy it with Ctrl and C."
      }
    })
  }
})()
