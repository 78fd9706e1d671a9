import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type DesktopShell =
  | { readonly found: true; readonly binary: string }
  | { readonly found: false; readonly why: string }

/** Whether the desktop app can be started from here: Electron's own binary, and our built entry. */
export function desktopShell(env = process.env, root = checkoutRoot()): DesktopShell {
  // `npm start` has looked already, and knows more about why.
  if (env.FIELDMARK_NO_DESKTOP) return { found: false, why: env.FIELDMARK_NO_DESKTOP }
  if (env.FIELDMARK_SHELL === 'web') return { found: false, why: 'FIELDMARK_SHELL is web.' }
  // `npm start` has looked already, and knows more: a download that failed, say.
  if (env.FIELDMARK_NO_DESKTOP) return { found: false, why: env.FIELDMARK_NO_DESKTOP }
  const binary = electronBinary(env, root)
  if (binary === null || !existsSync(binary)) {
    return { found: false, why: 'Electron is not installed here.' }
  }
  if (!existsSync(join(root, 'dist/main/electron.js'))) {
    return { found: false, why: 'The desktop app is not built (npm run build).' }
  }
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { found: false, why: 'There is no display for a window of its own.' }
  }
  return { found: true, binary }
}

/** As the `electron` package itself finds it, without importing it: importing would try to download. */
function electronBinary(env: NodeJS.ProcessEnv, root: string): string | null {
  const folder = join(root, 'node_modules/electron')
  const named = join(folder, 'path.txt')
  const file = existsSync(named) ? readFileSync(named, 'utf8').trim() : defaultName()
  return join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), file)
}

function defaultName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Run the desktop app and wait until it is closed. A second one hands its arguments to the first and ends at once. */
export function runDesktop(
  binary: string,
  dataDir: string,
  args: readonly string[],
): Promise<number> {
  const app = spawn(binary, [...sandbox(), checkoutRoot(), '--data-dir', dataDir, ...args], {
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    app.on('error', reject)
    app.on('close', (code) => resolve(code ?? 1))
  })
}

/** Chromium refuses to be root with its sandbox on (containers). */
const sandbox = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/** Both `src-main/cli/` and `dist/main/` lie two folders below the root. */
function checkoutRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return join(here, '../..')
}
