#!/usr/bin/env node
// The command line of a checkout. Plain JavaScript: it must run on the Node that is there (20) to find the one we need.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ownNode, runNode } from '../scripts/own-node.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)

if (Number(process.versions.node.split('.')[0]) < 22) {
  process.exit(await again())
} else {
  await buildWhatIsMissing()
  module.enableCompileCache?.(join(root, 'node_modules/.cache/fieldmark-compiled'))
  const { leaveProcess, runCli } = await import(pathToFileURL(join(root, 'dist/main/cli.js')).href)
  // `fieldmark task ls | head -1` closes our stdout early; that is no failure.
  process.stdout.on('error', () => leaveProcess(0))
  const code = await runCli(args)
  process.stdout.write('', () => leaveProcess(code))
}

function again() {
  if (existsSync(ownNode)) return runNode([fileURLToPath(import.meta.url), ...args])
  process.stderr.write(
    `Fieldmark needs Node 22 or newer; this is ${process.version}. Run \`npm install\`: it brings its own.\n`,
  )
  return 1
}

async function buildWhatIsMissing() {
  if (!existsSync(join(root, 'node_modules/vite'))) return
  const { build } = await import('../scripts/build.js')
  const showsPage = args.some((arg) => ['open', 'serve', 'demo'].includes(arg)) || args.length === 0
  const tell = (line) => process.stderr.write(`${line}\n`)
  try {
    await build({ names: showsPage ? ['core', 'page'] : ['core'], tell })
  } catch (error) {
    tell(`Fieldmark could not be built: ${error.message}\nRun \`npm install\`, then try again.`)
    process.exit(1)
  }
}
