// `npm start [-- PATH...]`: everything from a fresh clone to an open app. Needs nothing but Node 20 and npm.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runNode } from './own-node.js'
import { ensureInstalled, root } from './toolchain.js'

const electron = join(root, 'node_modules/electron')
const failureFile = join(root, 'node_modules/.cache/fieldmark-electron.json')
const DAY_MS = 24 * 60 * 60 * 1000
const PROBE_MS = 2_000
const FETCH_MS = 5 * 60 * 1000

const args = process.argv.slice(2)
const tell = (line) => process.stderr.write(`${line}\n`)

if (!existsSync(join(root, 'node_modules'))) tell('Installing packages (once)…')
ensureInstalled()
const whyNoDesktop = await provideElectron()
const command = ['demo', 'serve', 'open'].includes(args[0]) ? args : ['open', ...args]
const env = { ...process.env, ...(whyNoDesktop ? { FIELDMARK_NO_DESKTOP: whyNoDesktop } : {}) }
process.exitCode = await runNode([join(root, 'bin/fieldmark.js'), ...command], { env })

/** @returns why there is no desktop window, or null when Electron is there */
async function provideElectron() {
  if (process.env.FIELDMARK_SHELL === 'web') return 'FIELDMARK_SHELL asks for the web shell.'
  if (electronIsThere()) return null
  if (process.env.CI) return 'Electron is not installed, and CI does not fetch it.'
  if (process.env.npm_config_offline === 'true')
    return 'Electron is not installed, and npm is offline.'
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    return 'There is no display for a window of its own.'
  return failedLately() ?? (await fetchElectron())
}

function electronIsThere() {
  const { ELECTRON_OVERRIDE_DIST_PATH: given } = process.env
  const named = join(electron, 'path.txt')
  const usual = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const file = existsSync(named)
    ? readFileSync(named, 'utf8')
    : (usual[process.platform] ?? 'electron')
  return existsSync(join(given || join(electron, 'dist'), file))
}

/** Once a day is often enough to ask a network that does not answer. */
function failedLately() {
  try {
    const { at, why } = JSON.parse(readFileSync(failureFile, 'utf8'))
    return Date.now() - at < DAY_MS ? why : null
  } catch {
    return null // Never tried, or the note was cut short.
  }
}

async function fetchElectron() {
  const source =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  const why = (await isReachable(source))
    ? await installElectron()
    : `${new URL(source).host} is not reachable`
  if (why === null) return null
  const sentence = `Electron could not be fetched (${why}).`
  mkdirSync(dirname(failureFile), { recursive: true })
  writeFileSync(failureFile, JSON.stringify({ at: Date.now(), why: sentence }))
  return sentence
}

async function isReachable(address) {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })
    return true
  } catch {
    return false
  }
}

async function installElectron() {
  tell('Fetching Electron (once, about 120 MB)…')
  const options = { stdio: ['ignore', 'ignore', 'ignore'], timeout: FETCH_MS }
  const code = await runNode([join(electron, 'install.js')], options)
  return code === 0 && electronIsThere() ? null : 'its download failed'
}
