import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { FunctionFolder } from './function-folder.ts'
import { howToInstall } from './missing-package.ts'
import type { Python } from './python.ts'
import { type Runner, type RunnerEvent, startRunner } from './runner.ts'

/** A function that runs here. */
export interface Serving {
  readonly url: string
  /** Ready for calls. @throws FUNCTION_START_FAILED */
  readonly ready: Promise<void>
  /** Resolves when the runner is gone by itself. */
  readonly gone: Promise<void>
  change(folder: FunctionFolder): void
  close(): Promise<void>
}

export interface ServeOptions {
  readonly python: Python
  readonly host: string
  /** Undefined: the dashboard's usual port, or a free one where that is taken. */
  readonly port: number | undefined
  readonly workers: number | undefined
  readonly onEvent: (event: RunnerEvent) => void
  readonly onPrinted: (line: string) => void
}

const USUAL_PORT = 8070

/** @throws PORT_BUSY, FUNCTION_START_FAILED when not even the runner comes up */
export async function serveFunction(
  folder: FunctionFolder,
  options: ServeOptions,
): Promise<Serving> {
  if (options.port !== undefined) return await serveAt(folder, options, options.port)
  try {
    return await serveAt(folder, options, USUAL_PORT)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'PORT_BUSY') throw error
    return await serveAt(folder, options, 0)
  }
}

async function serveAt(
  folder: FunctionFolder,
  options: ServeOptions,
  port: number,
): Promise<Serving> {
  const { host, python } = options
  const listening = Promise.withResolvers<number>()
  const ready = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()
  // Nobody may be waiting for these yet, or any more.
  ready.promise.catch(() => {})
  listening.promise.catch(() => {})
  const { name } = folder.function

  const runner: Runner = startRunner(folder, {
    ...options,
    python: python.path,
    port,
    onEvent(event) {
      if (event.event === 'listening') listening.resolve(event.port)
      if (event.event === 'no-port') listening.reject(new AppError('PORT_BUSY', { host, port }))
      if (event.event === 'ready') ready.resolve()
      if (event.event === 'failed')
        void startFailure(folder, python, event).then((error) => ready.reject(error))
      if (event.event === 'ended') {
        const how = 'Run it with --json to see nothing else, or with another --python.'
        const detail = `its runner ended with exit code ${event.code}`
        const error = new AppError('FUNCTION_START_FAILED', { name, detail, how })
        listening.reject(error)
        ready.reject(error)
        gone.resolve()
      }
      options.onEvent(event)
    },
  })
  try {
    const bound = await listening.promise
    const shown = host.includes(':') ? `[${host}]` : host
    return {
      url: `http://${shown}:${bound}`,
      ready: ready.promise,
      gone: gone.promise,
      change: (now) => runner.change(now),
      close: () => runner.end(),
    }
  } catch (error) {
    await runner.end()
    throw error
  }
}

/** What a person does about a function that does not start. */
export async function startFailure(
  { folder, function: one }: FunctionFolder,
  python: Python,
  { error, missing }: Extract<RunnerEvent, { event: 'failed' }>,
): Promise<AppError> {
  const detail = error.replace(/\.$/, '')
  if (missing === null) {
    const how = 'Correct it and start it again; with --watch it starts again by itself.'
    return new AppError('FUNCTION_START_FAILED', { name: one.name, detail, how })
  }
  const how = howToInstall(missing, {
    python: python.path,
    requirements: await requirementsOf(folder),
  })
  return new AppError('FUNCTION_START_FAILED', { name: one.name, detail, how })
}

async function requirementsOf(folder: string): Promise<string | null> {
  for (const dir of [folder, dirname(folder)]) {
    const path = join(dir, 'requirements.txt')
    if ((await stat(path).catch(() => null))?.isFile()) return path
  }
  return null
}
