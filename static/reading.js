// While a workbook is sent and read: the button says so, nothing is sent twice, and after a second its progress is told.

const PATIENCE = 1000 // milliseconds

function sizeOf(form) {
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files])
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  return bytes > 0 ? ` (${Math.max(1, Math.round(bytes / 1024)).toLocaleString("en-GB")} kB)` : ""
}

function statusOf(form) {
  const status = document.createElement("div")
  status.className = "app-reading"
  status.setAttribute("role", "status")
  form.after(status)
  return status
}

for (const form of document.querySelectorAll("form[data-app-reading]")) {
  const status = statusOf(form)
  let sent = false
  let timer

  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault()
    if (event.submitter?.hasAttribute("data-app-download")) return // the page stays
    sent = true
    const button = event.submitter
    if (button) button.setAttribute("aria-disabled", "true")
    const begun = Date.now()
    const told = `${form.dataset.appReading}${sizeOf(form)}…`
    timer = window.setInterval(() => {
      const seconds = Math.round((Date.now() - begun) / 1000)
      if (!status.firstChild) {
        status.append(told)
        const bar = document.createElement("progress")
        bar.setAttribute("aria-label", told)
        status.append(bar)
      }
      if (seconds === 10) status.firstChild.textContent = `${told} This is a large one; it may take half a minute.`
    }, PATIENCE)
  })

  // A page that comes back from the browser's memory is fresh again.
  window.addEventListener("pageshow", () => {
    sent = false
    window.clearInterval(timer)
    status.replaceChildren()
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled")
  })
}
