// Tells the styles that scripts run, before anything is drawn.
document.documentElement.classList.add("js-enabled")
document.addEventListener("DOMContentLoaded", () => {
  document.body.classList.add("js-enabled")
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported")
})
