import { type ChildProcess, execFile, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../scripts/build.js'
import { chromiumPath } from './harness/chromium.ts'

const root = join(import.meta.dirname, '..')
const entry = join(root, 'dist/main/electron.js')

/** What must hold of the built app wherever it runs: the page is up, and it reaches a real core on a real database. */
const smoke = `(async () => {
  const info = await fetch('/api/app').then((answer) => answer.json())
  const formats = await fetch('/api/formats').then((answer) => answer.json())
  return {
    title: document.title,
    origin: location.origin,
    dataDir: info.dataDir,
    formats: formats.map((format) => format.name),
    shell: window.fieldmarkShell?.kind,
    node: typeof process,
  }
})()`

function expectSmoke(value: unknown, dataDir: string) {
  expect(value).toMatchObject({ title: 'Fieldmark', dataDir, shell: 'desktop', node: 'undefined' })
  expect((value as { formats: string[] }).formats).toContain('COCO 1.0')
}

beforeAll(() => build(), 120_000)

describe.skipIf(chromiumPath === null)('the built entry, with the stand-in for Electron', () => {
  test('composes the real core, shows the real page, and quits cleanly', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-desktop-'))
    const register = join(root, 'e2e/harness/electron-stand-in/register.ts')
    const child = fork(entry, ['--data-dir', dataDir], { execArgv: ['--import', register] })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const value = await Promise.race([ask(child, smoke), exited])
    expectSmoke(value, dataDir)
    expect(await listTasks(dataDir)).toBe('[]')
    child.send({ quit: true })
    expect(await exited).toBe(0)
    expect(existsSync(join(dataDir, 'fieldmark.db'))).toBe(true)
    await rm(dataDir, { recursive: true })
  }, 60_000)
})

/** A command beside the open window: it attaches to the app instead of being refused. */
async function listTasks(dataDir: string): Promise<string> {
  const bin = join(root, 'bin/fieldmark.js')
  const args = [bin, 'task', 'ls', '--json', '--data-dir', dataDir]
  return (await promisify(execFile)(process.execPath, args)).stdout.trim()
}

/** The page's answer to an expression; asked again until the window has a page. */
function ask(child: ChildProcess, evaluate: string): Promise<unknown> {
  return new Promise((resolve) => {
    child.once('message', (message: { ready?: true }) => {
      if (!message.ready) return
      child.once('message', (answer: { value: unknown }) => resolve(answer.value))
      child.send({ evaluate })
    })
  })
}

const electronBinary = findElectron()

// Electron's binary comes from outside the npm registry, so most machines that run these tests do not have it.
describe.skipIf(electronBinary === null)('the built entry, in real Electron', () => {
  test('composes the real core and shows the real page', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-electron-'))
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const app = await _electron.launch({
      executablePath: electronBinary ?? '',
      args: [...sandbox, root, '--data-dir', dataDir],
    })
    const page = await app.firstWindow()
    await page.waitForFunction('document.title === "Fieldmark"')
    const value = await page.evaluate(smoke)
    expectSmoke(value, dataDir)
    expect(value).toMatchObject({ origin: 'app://fieldmark' })
    await app.close()
    await rm(dataDir, { recursive: true })
  }, 60_000)
})

function findElectron(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist')
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
  return names.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
