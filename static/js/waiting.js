// Says in words that a large file is on its way: a form with data-waiting shows them in its [data-announced] (announce.js) once it is sent.
(() => {
  "use strict"
  const show = (form, words) => { form.querySelector("[data-announced]").textContent = words }
  const forms = document.querySelectorAll("form[data-waiting]")
  for (const form of forms) form.addEventListener("submit", () => show(form, form.dataset.waiting))
  // Back from the next page: nothing is on its way any more.
  addEventListener("pageshow", () => forms.forEach((form) => show(form, "")))
})()
