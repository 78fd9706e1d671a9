import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface OpenBrowserOptions {
  /** The browser's profile lives here, so that unsent edits and layout survive a restart. */
  readonly dataDir?: string
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  /** Where the one line goes that says how the page was opened. Default: standard error. */
  readonly tell?: (line: string) => void
}

/**
 * Open the app in a window without tabs where a Chromium is installed and a display is there; otherwise only say
 * that the address printed is to be opened. Never fails: the address works in any browser.
 * @returns the program that shows it, or null when the person has to open the address
 */
export async function openBrowser(
  url: string,
  options: OpenBrowserOptions = {},
): Promise<string | null> {
  const { env = process.env, platform = process.platform } = options
  const tell = options.tell ?? ((line) => process.stderr.write(`${line}\n`))
  const program = hasDisplay(env, platform) ? findChromium(env, platform) : null
  if (program && (await start(program, chromiumArguments(url, options.dataDir)))) {
    tell(`Opened in a window of its own (${program}).`)
    return program
  }
  // Whoever calls has printed the address itself: it is the answer, this is the remark.
  tell('Open this address in a browser on this computer. Ctrl+C stops Fieldmark.')
  return null
}

/** Profile and switches of an app window. Chromium refuses to be root with its sandbox on (containers). */
export function chromiumArguments(url: string, dataDir?: string): string[] {
  const profile = dataDir ? join(dataDir, 'browser') : join(tmpdir(), 'fieldmark-browser')
  const isRoot = process.getuid?.() === 0
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    // This profile shows our page alone: it has nothing to fetch, sync or report.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // The second one keeps Chromium's bar about the first off the window.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
}

/** A Chromium, Chrome, Edge or Brave of this machine: on the PATH, or where its installer puts it. */
export function findChromium(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => onPathNames.map((name) => join(folder, name)))
  const installed = platform === 'linux' ? onPath : installedPlaces(env, platform)
  return installed.find((path) => existsSync(path)) ?? null
}

const onPathNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]

function installedPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean)
  const places = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
  return roots.flatMap((root) => places.map((place) => join(root ?? '', place)))
}

function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** A browser that cannot reach its display, or may not run here, says so by ending within this time. */
const EARLY_END_MS = 1_000

/** True once the program runs. It outlives us on purpose: closing the server is not closing the person's window. */
function start(program: string, args: readonly string[]): Promise<boolean> {
  const profile = args.find((arg) => arg.startsWith('--user-data-dir='))?.split('=')[1]
  try {
    if (profile) mkdirSync(profile, { recursive: true })
    const child = spawn(program, args, { detached: true, stdio: 'ignore' })
    child.unref()
    return new Promise((resolve) => {
      child.once('error', () => resolve(false))
      // Ending well at once is fine too: it handed the address to a window that was open already.
      child.once('exit', (code) => resolve(code === 0))
      setTimeout(() => resolve(true), EARLY_END_MS)
    })
  } catch {
    // Not being able to open a window is no reason to fail: the address is told instead.
    return Promise.resolve(false)
  }
}
