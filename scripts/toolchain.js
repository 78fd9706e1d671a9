// What every script needs before it can begin, on a bare clone and whatever Node started it (20 or newer).
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode, run } from './own-node.js'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules/.bin')

/** Node 24 of the lock file, not the machine's: better-sqlite3 needs it, and it is near Electron's own. */
function node24() {
  if (existsSync(ownNode)) return ownNode
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  process.stderr.write(
    `Fieldmark runs on Node 24, which the package "node" brings, and ${ownNode} is missing.\n` +
      'Run `npm install` again with npm 11 and without --ignore-scripts, or install Node 24.\n',
  )
  process.exit(1)
}

/**
 * Installs the packages where they are missing or older than the lock file; needs no network when they are there. Not
 * `npm ci`: that begins by deleting what is there, which offline cannot be had back.
 */
export function ensureInstalled() {
  if (isInstalled()) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['install'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** npm keeps its own copy of the lock file: every package the two agree on is there. */
function isInstalled() {
  const installed = versionsOf('node_modules/.package-lock.json')
  if (!installed) return false
  const wanted = versionsOf('package-lock.json') ?? {}
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  )
}

function versionsOf(file) {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

/**
 * Run a script or tool of this project with Node 24, its tools first on the PATH.
 * @returns {Promise<number>} the exit status
 */
export function runTool(args, env = {}) {
  const node = node24()
  const path = [dirname(node), bin, process.env.PATH].join(delimiter)
  return run(node, args, { cwd: root, env: { ...process.env, ...env, PATH: path } })
}
