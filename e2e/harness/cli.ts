import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { within } from './within.ts'

const BIN = fileURLToPath(new URL('../../bin/fieldmark.js', import.meta.url))
export const SAMPLE = fileURLToPath(new URL('../../resources/sample', import.meta.url))

export interface Answer {
  /** Exit status; null when it was killed. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `fieldmark` as people run it: a process of its own on a data directory. */
export function startCli(dataDir: string, args: readonly string[], cwd?: string): ChildProcess {
  return spawn(process.execPath, [BIN, '--data-dir', dataDir, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export function answerOf(child: ChildProcess): Promise<Answer> {
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}

/** Less than tests of the command line may take. */
const ANSWER_MS = 110_000

export async function fieldmark(dataDir: string, ...args: readonly string[]): Promise<Answer> {
  const child = startCli(dataDir, args)
  try {
    return await within(`fieldmark ${args.join(' ')} to end`, answerOf(child), ANSWER_MS)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

/** Runs it with --json and answers the document; stdout must hold nothing else. */
export async function fieldmarkJson<T>(dataDir: string, ...args: readonly string[]): Promise<T> {
  const { code, out, err } = await fieldmark(dataDir, '--json', ...args)
  if (code !== 0) throw new Error(`fieldmark ${args.join(' ')} exited with ${code}: ${err}`)
  return JSON.parse(out) as T
}

/** A folder of this test's own, with a space and some Unicode in its name as a matter of course. */
export function scratch(): { dir: string; data: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'fieldmark 测试 🙂 '))
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  return { dir, data: join(dir, 'data'), remove }
}
