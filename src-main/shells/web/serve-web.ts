import { createHash, randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Core } from '#main/core/core.ts'
import { createApp } from '#main/http/app.ts'
import type { ProblemLog } from '#main/http/problem.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { defaultRendererDir } from '../renderer-dir.ts'
import { createGuard } from './guard.ts'
import { sessionSecret } from './session.ts'

export interface ServeOptions {
  /** Default 127.0.0.1: nobody else on the network. */
  readonly host?: string
  /** 0 (default): the data directory's usual port, or a free one where that is taken. */
  readonly port?: number
  /** Default: 256 random bits, new at every start. */
  readonly token?: string
  readonly rendererDir?: string
  readonly log?: ProblemLog
}

export interface WebShell {
  /** What a person opens: address and token. */
  readonly url: string
  /** `http://host:port`, for clients that send the token as `Authorization: Bearer`. */
  readonly origin: string
  readonly token: string
  close(): Promise<void>
}

/**
 * The web shell: the handler on a loopback server, behind a token. Tells a second process where it can attach.
 * @throws PORT_BUSY; INPUT_INVALID when the host cannot be listened at
 */
export async function serveWeb(core: Core, options: ServeOptions = {}): Promise<WebShell> {
  const { host = '127.0.0.1', token = randomBytes(32).toString('base64url') } = options
  let fetch: (request: Request) => Promise<Response> = async () => new Response(null)
  const server = createAdaptorServer({ fetch: (request) => fetch(request) }) as Server
  // A large drop may take longer than Node's five minutes for a whole request.
  server.requestTimeout = 0
  const port = await listenSomewhere(server, host, options.port ?? 0, core.dataDir)
  const app = createApp(core, {
    rendererDir: options.rendererDir ?? defaultRendererDir(),
    auth: createGuard({ token, session: sessionSecret(core.dataDir), host, port }),
    ...(options.log ? { log: options.log } : {}),
  })
  fetch = app.fetch
  const origin = `http://${reachable(host)}:${port}`
  core.announce({ url: origin, token })
  return { url: `${origin}/?token=${token}`, origin, token, close: () => closeServer(server) }
}

/**
 * A browser keeps layout and unsent edits by origin, and the port is part of it. So "any port" means the same one again
 * for the same data directory, as long as nobody else sits there.
 */
async function listenSomewhere(server: Server, host: string, port: number, dataDir: string) {
  if (port !== 0) return listen(server, host, port)
  const hash = createHash('sha256').update(dataDir).digest().readUInt16BE(0)
  return listen(server, host, 20_000 + (hash % 10_000)).catch(() => listen(server, host, 0))
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) => {
      server.off('listening', listening)
      reject(listenError(cause, host, port))
    }
    const listening = () => {
      server.off('error', failed)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    }
    server.once('error', failed).once('listening', listening).listen(port, host)
  })
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (cause.code === 'EADDRINUSE') return new AppError('PORT_BUSY', { host, port }, { cause })
  const problem =
    cause.code === 'EACCES'
      ? 'this user may not listen there; ports below 1024 belong to the system'
      : `this machine cannot listen there (${cause.code ?? cause.message})`
  return new AppError('INPUT_INVALID', { where: `${host}:${port}`, problem }, { cause })
}

/** Every address is no address to go to; an IPv6 one wears brackets in a URL. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    // Event streams never end by themselves.
    server.closeAllConnections()
  })
}
