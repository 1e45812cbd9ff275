import { initAll } from "./build/govuk-frontend.min.js"
import "./beside.js"
import "./reading.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")
initAll()
