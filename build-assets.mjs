// Compiles the design system with our styles into static/build, which is never committed.
// Deliberately left behind: the crown, the crest, the GDS fonts and the government favicons.
import { mkdirSync, copyFileSync, writeFileSync } from "node:fs"
import * as sass from "sass"

const target = "static/build"
mkdirSync(target, { recursive: true })
const css = sass.compile("static/app.scss", {
  loadPaths: ["node_modules"],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin"],
})
writeFileSync(`${target}/app.css`, css.css)
copyFileSync("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", `${target}/govuk-frontend.min.js`)
