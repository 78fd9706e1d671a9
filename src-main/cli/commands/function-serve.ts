import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '#shared/errors/app-error.ts'
import { EXIT, failureBody } from '../failure.ts'
import { type FunctionFolder, readFunctionFolder } from '../functions/function-folder.ts'
import { findPython } from '../functions/python.ts'
import type { RunnerEvent } from '../functions/runner.ts'
import { type Serving, serveFunction, startFailure } from '../functions/serve-function.ts'
import { watchFolder } from '../functions/watch.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { untilInterrupted } from '../show-app.ts'
import { freeId } from './function-connect.ts'

interface Options {
  readonly host: string
  readonly port?: number
  readonly python?: string
  readonly workers?: number
  readonly file: string
  readonly watch?: boolean
  readonly connect?: boolean
}

export function addFunctionServe(parent: Command, cli: Cli): void {
  parent
    .command('serve')
    .description("run a function's folder with Python on this machine, for development")
    .argument('<dir>', 'folder with function.yaml and main.py, or with nuclio/')
    .option('--host <host>', 'address to listen at', '127.0.0.1')
    .option('--port <port>', 'port to listen at (else 8070, or a free one)', wholeNumber(0))
    .option('--python <path>', 'the Python to run it (else .venv of the folder, else python3)')
    .option('--workers <count>', 'calls at a time (else as function.yaml says)', wholeNumber(1))
    .option('--file <name>', 'another description, such as function-gpu.yaml', 'function.yaml')
    .option('--watch', 'start the function again whenever its files change')
    .option('--connect', 'connect it to Fieldmark as long as it runs')
    .action((dir: string, options: Options) => cli.run((session) => serve(session, dir, options)))
}

async function serve(session: Session, dir: string, options: Options): Promise<number> {
  const read = () => readFunctionFolder(resolve(session.cwd, dir), options.file)
  const folder = await read()
  const python = await findPython(options.python, [folder.folder, resolve(session.cwd, dir)])
  warn(session, folder, options)
  session.out.note(`Python ${python.version} (${python.path})`)
  let isUp = false
  const serving = await serveFunction(folder, {
    ...options,
    port: options.port,
    workers: options.workers,
    python,
    onEvent(event) {
      tell(session, event)
      if (event.event === 'failed' && isUp)
        void startFailure(folder, python, event).then((error) => sayFailure(session, error))
    },
    onPrinted: (line) => session.out.note(line),
  })
  try {
    await whenReady(session, serving, options)
    isUp = true
    const connectionId = options.connect ? await connect(session, folder, serving.url) : null
    try {
      said(session, folder, serving.url, connectionId)
      await untilEnd(session, serving, options.watch ? { folder, read } : null)
    } finally {
      if (connectionId !== null) await disconnect(session, connectionId)
    }
    return session.signal.aborted ? EXIT.done : EXIT.failed
  } finally {
    await serving.close()
  }
}

/** With --watch a function that does not start is one that is being written. */
async function whenReady(session: Session, { ready }: Serving, { watch = false }: Options) {
  session.out.note('Starting the function…')
  const started = ready.catch((error: unknown) => {
    if (!watch) throw error
    sayFailure(session, error)
  })
  await Promise.race([started, untilInterrupted(session.signal)])
  if (session.signal.aborted) throw new AppError('CANCELLED', { what: 'The function' })
}

function said(session: Session, folder: FunctionFolder, url: string, connectionId: string | null) {
  const { name, kind, title } = folder.function
  const id = connectionId === null ? null : `nuclio/${connectionId}/${name}`
  session.out.result({ url, name, kind, title, id }, () =>
    id === null ? `${url}  ${name} (${kind})` : `${url}  ${name} (${kind}), connected as ${id}`,
  )
  if (id === null) session.out.note(`Connect it with: fieldmark function connect ${url}`)
  session.out.note('Press Ctrl+C to stop.')
}

async function untilEnd(
  session: Session,
  serving: Serving,
  watched: { readonly folder: FunctionFolder; readonly read: () => Promise<FunctionFolder> } | null,
): Promise<void> {
  const stop = new AbortController()
  const watching = watched
    ? watchFolder(watched.folder.folder, () => again(session, serving, watched.read), stop.signal)
    : Promise.resolve()
  await Promise.race([untilInterrupted(session.signal), serving.gone])
  stop.abort()
  await watching
  if (!session.signal.aborted) await serving.ready
}

async function again(session: Session, serving: Serving, read: () => Promise<FunctionFolder>) {
  try {
    serving.change(await read())
    session.out.note('Files changed: the function starts again…')
  } catch (error) {
    sayFailure(session, error)
  }
}

function tell({ out }: Session, event: RunnerEvent): void {
  if (event.event === 'call')
    out.note(`${event.status} in ${event.ms} ms (${Math.ceil(event.bytes / 1000)} kB came in)`)
  if (event.event !== 'log') return
  const facts = Object.entries(event.facts).map(([key, value]) => ` ${key}=${value}`)
  out.note(`${event.level}: ${event.text}${facts.join('')}`)
}

function sayFailure({ out }: Session, error: unknown): void {
  const { message, remedy } = failureBody(error)
  out.warn(`${message}\n${remedy}`)
}

function warn({ out }: Session, { function: one }: FunctionFolder, { host }: Options): void {
  for (const hint of one.hints) out.note(hint)
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '::1')
    out.warn(`Everybody who reaches ${host} can call this function: it asks for no password.`)
}

async function connect(session: Session, folder: FunctionFolder, url: string): Promise<string> {
  const { name, title } = folder.function
  return session.withCore(async ({ client }) => {
    const known = await client.connections.list()
    const id = known.find((one) => one.url === `${url}/`)?.id ?? freeId(`serve-${name}`, known)
    const standard = await client.connections.defaults()
    await client.connections.save({
      ...standard,
      id,
      name: `${title} (served here)`,
      url: `${url}/`,
      project: '',
      namespace: '',
      invoke: 'dashboard',
    })
    return id
  })
}

/** What is served no more is connected no more. A Fieldmark that is gone meanwhile has nothing to forget. */
async function disconnect(session: Session, id: string): Promise<void> {
  try {
    await session.withCore(({ client }) => client.connections.remove({ id }), {
      evenInterrupted: true,
    })
  } catch (error) {
    sayFailure(session, error)
  }
}
