// Finds a Chromium for the tests that drive a real browser, and gets Debian's own where the machine has none.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of an installed Chromium, or null: CHROME_PATH, the PATH, then where installers put it. */
export function findChromium(env = process.env) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((n) => join(folder, n)))
  return [env.CHROME_PATH, ...onPath, ...PLACES].find((path) => path && existsSync(path)) ?? null
}

/**
 * An installed Chromium, installing Debian's where that is possible. Nothing is ever fetched from elsewhere.
 * @returns {{ path: string } | { path: null, why: string }}
 */
export function ensureChromium(tell = () => {}) {
  const found = findChromium()
  if (found) return { path: found }
  if (!canInstall()) {
    return {
      path: null,
      why: 'no Chromium was found, and only Debian as root can install one here: install Chromium or Chrome, or set CHROME_PATH',
    }
  }
  tell('No Chromium here: installing Debian’s (apt-get install chromium)…')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (status !== 0) return { path: null, why: `apt-get ${args[0]} failed (see above)` }
  }
  const path = findChromium()
  return path
    ? { path }
    : { path: null, why: 'apt-get installed chromium, but it is not on the PATH' }
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, why } = ensureChromium((line) => process.stderr.write(`${line}\n`))
  process.stdout.write(`${path ?? why}\n`)
  process.exit(path ? 0 : 1)
}
