// Builds the committed stylesheets, compresses our scripts, copies the vendored ones; `npm run assets` (or `make assets`).
// What it read and wrote is recorded in static/manifest.json, which `python -m workshop.web.assets --check` compares.
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants } from "node:zlib"
import { transform } from "lightningcss"
import * as sass from "sass"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")
const modules = join(root, "node_modules")
const outputs = new Map()

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex")
const read = (path) => readFileSync(join(root, path))
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"))).version

function write(path, content) {
  const bytes = Buffer.from(content)
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), bytes)
  outputs.set(path, sha256(bytes))
}

function writeCompressed(path, content) {
  const bytes = Buffer.from(content)
  write(path, bytes)
  write(`${path}.br`, brotliCompressSync(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } }))
}

// Practitioners' own phones, some years old: nothing newer than these understand.
const targets = { safari: 12 << 16, ios_saf: 12 << 16, chrome: 80 << 16, firefox: 78 << 16, samsung: 12 << 16 }

// Nobody prints from a phone in the room: that is a fifth of its stylesheet. "screen\0" was for Internet Explorer.
const unwanted = {
  phone: ({ mediaType, condition }) => mediaType.startsWith("screen\uFFFD") || (mediaType === "print" && !condition),
  desk: ({ mediaType }) => mediaType.startsWith("screen\uFFFD"),
}

const without = (isUnwanted) => ({
  Rule: { media: ({ value }) => (value.query.mediaQueries.every(isUnwanted) ? [] : undefined) },
})

function stylesheet(name) {
  const { css } = sass.compile(join(root, "static/scss", `${name}.scss`), {
    style: "compressed",
    charset: false,
    loadPaths: [join(modules, "govuk-frontend/dist")],
    quietDeps: true,
  })
  // We set none of the custom properties, and a page inherits its font: a colour is a colour.
  const plain = css.replace(/var\(--govuk-[a-z-]+, (#[0-9a-f]+)\)/g, "$1").replace(/-(webkit|moz-osx)-font-smoothing:\w+;?/g, "")
  const { code } = transform({ filename: name, code: Buffer.from(plain), minify: true, targets, visitor: without(unwanted[name]) })
  writeCompressed(`static/css/${name}.css`, code)
}

function htmx() {
  const from = (file) => readFileSync(join(modules, "htmx.org", file), "utf8")
  const to = `static/vendor/htmx.org@${version("htmx.org")}`
  for (const file of ["htmx.min.js", "ext/hx-sse.min.js"]) {
    writeCompressed(`${to}/${file}`, from(`dist/${file}`).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""))
  }
  write(`${to}/LICENSE`, from("LICENSE"))
}

function axe() {
  rmSync(join(root, "tests/browser/vendor"), { recursive: true, force: true })
  const to = `tests/browser/vendor/axe-core@${version("axe-core")}`
  for (const file of ["axe.min.js", "LICENSE"]) write(`${to}/${file}`, readFileSync(join(modules, "axe-core", file)))
}

// Our own scripts go out as they are written: comments cost less than a build that hides a mistake.
function scripts() {
  for (const file of readdirSync(join(root, "static/js"))) {
    if (file.endsWith(".js")) writeCompressed(`static/js/${file}`, read(`static/js/${file}`))
  }
}

const sources = readdirSync(join(root, "static/scss"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))

rmSync(join(root, "static/vendor"), { recursive: true, force: true })
stylesheet("phone")
stylesheet("desk")
// Its package carries no licence file, yet its licence asks for one beside the copies.
write("static/css/LICENSE", read("static/scss/LICENSE.govuk-frontend"))
htmx()
scripts()
axe()

const inputs = ["package.json", "package-lock.json", ...sources].sort()
writeFileSync(join(root, "static/manifest.json"), JSON.stringify({
  inputs: Object.fromEntries(inputs.map((path) => [path, sha256(read(path))])),
  outputs: Object.fromEntries([...outputs].sort()),
}, null, 2) + "\n")
