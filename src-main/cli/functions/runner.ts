import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { NuclioFunction } from '#shared/functions/nuclio/nuclio-function.ts'
import { functionFiles } from './function-files.ts'
import type { FunctionFolder } from './function-folder.ts'

/** What the runner says, a JSON document a line: see resources/functions/runner/__main__.py. */
export type RunnerEvent =
  | { readonly event: 'listening'; readonly port: number }
  | { readonly event: 'no-port'; readonly error: string }
  | { readonly event: 'ready' }
  | {
      readonly event: 'failed'
      readonly error: string
      /** The module that could not be imported; null for other failures. */
      readonly missing: string | null
      readonly trace: string
    }
  | {
      readonly event: 'log'
      readonly level: string
      readonly text: string
      readonly facts: Readonly<Record<string, string>>
    }
  | {
      readonly event: 'call'
      readonly status: number
      readonly ms: number
      readonly bytes: number
    }
  /** The process is gone, wanted or not. */
  | { readonly event: 'ended'; readonly code: number | null }

export interface Runner {
  /** The function changed: its workers are started anew, its port stays. */
  change(folder: FunctionFolder): void
  /** Ends it, and whatever its workers are busy with. */
  end(): Promise<void>
}

export interface RunnerOptions {
  readonly python: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Instead of what function.yaml says. */
  readonly workers: number | undefined
  readonly onEvent: (event: RunnerEvent) => void
  /** A line that the function printed. */
  readonly onPrinted: (line: string) => void
}

/** Nuclio's own, where function.yaml says nothing. */
const DEFAULT_MOST_BODY = 4 * 2 ** 20
const PATIENCE_MS = 3000

/** Run a function in a Python process of its own. Nothing is thrown: a process that cannot start has `ended`. */
export function startRunner(folder: FunctionFolder, options: RunnerOptions): Runner {
  const child = spawn(options.python, [functionFiles('runner')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Nothing is written beside our own files, which may be read-only, nor beside the function's.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
  })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  void ended.then(() => options.onEvent({ event: 'ended', code: child.exitCode }))
  // A runner that is gone takes no more: its end is told above.
  child.stdin?.on('error', () => {})
  lines(child.stdout, (line) => {
    const event = eventOf(line)
    if (event) options.onEvent(event)
  })
  lines(child.stderr, options.onPrinted)
  const tell = (now: FunctionFolder) =>
    child.stdin?.write(`${JSON.stringify(configOf(now, options))}\n`)
  tell(folder)
  return {
    change: tell,
    end: () => endOf(child, ended),
  }
}

async function endOf(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    // A process that the function has let loose may hold them open for ever.
    child.stdout?.destroy()
    child.stderr?.destroy()
  }, PATIENCE_MS)
  await ended
  clearTimeout(timer)
}

function lines(stream: Readable | null, each: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', each)
}

function eventOf(line: string): RunnerEvent | null {
  try {
    return JSON.parse(line) as RunnerEvent
  } catch {
    // Not ours: a library that writes to the process's first stdout.
    return null
  }
}

function configOf(folder: FunctionFolder, { host, port, workers }: RunnerOptions): object {
  const one: NuclioFunction = folder.function
  return {
    host,
    port,
    folder: folder.folder,
    functionYaml: folder.yamlPath,
    module: folder.module,
    entry: folder.entry,
    env: folder.env,
    name: one.name,
    described: folder.described,
    workers: workers ?? one.trigger.workers,
    eventTimeoutSeconds: one.eventTimeoutSeconds,
    mostBodyBytes: one.trigger.mostBodyBytes ?? DEFAULT_MOST_BODY,
    workerWaitSeconds: one.trigger.workerWaitMs / 1000,
  }
}
