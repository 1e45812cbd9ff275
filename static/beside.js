// Figures beside the workbook they were read from: choosing one lights up the other, each in its own pane.
// Without this script the same links lead there by their address.

const LIT = "is-lit"

function placeOf(link) {
  return link.hash.length > 1 ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null
}

function light(panes, ...places) {
  for (const lit of panes.querySelectorAll(`.${LIT}`)) lit.classList.remove(LIT)
  for (const place of places) if (place) place.classList.add(LIT)
}

function showWithin(place) {
  const pane = place.closest(".app-beside__pane")
  const inner = place.getBoundingClientRect()
  const outer = pane.getBoundingClientRect()
  pane.scrollBy({
    top: inner.top - outer.top - (outer.height - inner.height) / 2,
    left: inner.left < outer.left || inner.right > outer.right ? inner.left - outer.left - 60 : 0,
  })
  if (outer.top < 0 || outer.bottom > window.innerHeight) pane.scrollIntoView({ block: "nearest" })
}

function counterpart(place) {
  const link = place.querySelector("a[href^='#']")
  return link ? placeOf(link) : null
}

function choose(panes, place, from) {
  history.replaceState(history.state, "", `#${encodeURIComponent(place.id)}`)
  light(panes, place, from || counterpart(place))
  showWithin(place)
  place.tabIndex = -1
  place.focus({ preventScroll: true })
}

for (const panes of document.querySelectorAll("[data-app-beside]")) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']")
    const place = link && placeOf(link)
    if (!place || !panes.contains(place) || !place.closest("tr") || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    choose(panes, place, panes.contains(link) ? link.closest("td[id], tr[id]") : null)
  })
  const place = window.location.hash.length > 1 && placeOf(window.location)
  if (place && panes.contains(place) && place.closest("tr")) light(panes, place, counterpart(place))
}
