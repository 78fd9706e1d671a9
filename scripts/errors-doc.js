// Writes docs/errors.md from the catalogue, so that the page lists what the product really says. Needs Node 24, which
// `npm run` puts first on the PATH.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogue } from '../src-shared/errors/catalogue/index.ts'

const file = join(dirname(fileURLToPath(import.meta.url)), '../docs/errors.md')

/** The page as it should be. */
export function renderErrors() {
  const entries = Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${HEAD}${entries.map(section).join('')}`
}

/** The page as it is. */
export function writtenErrors() {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
}

const HEAD = `# Errors

What can go wrong, what Fieldmark then says, and what to do about it. Every door (the page, REST, \`--json\`) answers the same
\`{ code, message, remedy }\`. Words in {braces} are filled in. This page is written by \`node scripts/errors-doc.js\` from
\`src-shared/errors/catalogue/\`: change it there.
`

const RETRY = {
  never: 'trying again does not help',
  'as-is': 'may be tried again as it is',
  'after-fix': 'may be tried again once it is mended',
}

function section([code, { status, retry, message, remedy }]) {
  return `
## ${code}

${message(braces)}

*${remedy(braces)}*

HTTP ${status}; ${RETRY[retry]}.
`
}

/** Stands for any parameters: each one reads as its own name in braces. */
const braces = new Proxy({}, { get: (_, name) => `{${String(name)}}` })

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, renderErrors())
