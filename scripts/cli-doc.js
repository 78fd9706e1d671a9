// Writes the second half of docs/cli.md and the man page from the definitions of the command line. Needs Node 24, which
// `npm run` puts first on the PATH.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandTree } from '../src-main/cli/describe/command-tree.ts'
import { manPage } from '../src-main/cli/describe/man-page.ts'
import { commandReference } from '../src-main/cli/describe/markdown.ts'
import { buildProgram } from '../src-main/cli/program.ts'
import { version } from '../src-main/cli/version.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = { reference: join(root, 'docs/cli.md'), man: join(root, 'resources/man/fieldmark.1') }

/** Everything below this line of docs/cli.md is written by this script. */
const MARK =
  '<!-- Written by `npm run docs` from src-main/cli: change the definitions, not what follows. -->\n'

/** Both files as they should be. */
export function renderCli() {
  const nothing = () => undefined
  const program = buildProgram(
    { run: async () => undefined },
    { out: nothing, err: nothing, interactive: false },
  )
  const tree = commandTree(program)
  const [byHand = ''] = read(files.reference).split(MARK)
  return {
    reference: `${byHand.trimEnd()}\n\n${MARK}\n## Every command\n\n${commandReference(tree)}`,
    man: manPage(tree, version),
  }
}

/** Both files as they are. */
export function writtenCli() {
  return { reference: read(files.reference), man: read(files.man) }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return ''
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { reference, man } = renderCli()
  writeFileSync(files.reference, reference)
  writeFileSync(files.man, man)
}
