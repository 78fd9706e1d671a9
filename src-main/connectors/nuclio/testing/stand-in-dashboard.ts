/**
 * A dashboard that follows Nuclio's API, its functions at their own ports too, and that misbehaves as it is told. For tests.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One function: what it is, and what it does with a call. */
export interface StandIn {
  readonly annotations: Readonly<Record<string, unknown>>
  readonly trigger?: object
  readonly state?: string
  readonly message?: string
  /** False: its port is not published. */
  readonly published?: boolean
  readonly eventTimeout?: string
  answer(body: Record<string, unknown>, call: Call, response: ServerResponse): unknown
}

/** A call as it arrived. */
export interface Call {
  readonly function: string
  /** Through the dashboard, or at its own port. */
  readonly direct: boolean
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

export interface StandInDashboard {
  readonly url: string
  readonly calls: Call[]
  /** Lists asked for, with their headers. */
  readonly lists: IncomingMessage['headers'][]
  readonly functions: Map<string, StandIn>
  /** Instead of the list. */
  onList: ((response: ServerResponse) => void) | null
  /** Close the port of a function and open another, as a container does that is started again. */
  restart(name: string): Promise<void>
  close(): Promise<void>
}

export async function standInDashboard(
  functions: Readonly<Record<string, StandIn>>,
): Promise<StandInDashboard> {
  const known = new Map(Object.entries(functions))
  const servers = new Map<string, Server>()
  const calls: Call[] = []
  const lists: IncomingMessage['headers'][] = []

  async function invoke(name: string, request: IncomingMessage, response: ServerResponse) {
    const one = known.get(name)
    if (!one) return void send(response, 404, { error: `Function not found: ${name}` })
    const text = await bodyOf(request)
    const isJson = request.headers['content-type'] === 'application/json'
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>
    const direct = request.url !== '/api/function_invocations'
    const call = { function: name, direct, headers: request.headers, body }
    calls.push(call)
    const answer = one.answer(body, call, response)
    if (answer !== undefined) send(response, 200, answer)
  }

  async function open(name: string): Promise<void> {
    const server = createServer((request, response) => void invoke(name, request, response))
    servers.set(name, await listening(server))
  }

  const main = await listening(
    createServer((request, response) => {
      if (request.url === '/api/functions') {
        lists.push(request.headers)
        if (dashboard.onList) dashboard.onList(response)
        else send(response, 200, listing())
      } else if (request.url === '/api/function_invocations') {
        const name = request.headers['x-nuclio-function-name']
        if (typeof name === 'string') void invoke(name, request, response)
        else send(response, 400, { error: 'Function name must be provided' })
      } else send(response, 404, 'no')
    }),
  )

  function listing(): object {
    const entries = [...known].map(([name, one]) => [
      name,
      {
        metadata: { name, namespace: 'nuclio', annotations: one.annotations },
        spec: {
          description: 'a function',
          handler: 'main:handler',
          ...(one.eventTimeout === undefined ? {} : { eventTimeout: one.eventTimeout }),
          triggers: { myHttpTrigger: { kind: 'http', ...one.trigger } },
        },
        status: {
          state: one.state ?? 'ready',
          message: one.message ?? '',
          logs: [{ message: 'a long build log' }],
          httpPort: one.published === false ? 0 : portOf(servers.get(name)),
        },
      },
    ])
    return Object.fromEntries(entries) as object
  }

  for (const name of known.keys()) await open(name)
  const dashboard: StandInDashboard = {
    url: `http://127.0.0.1:${portOf(main)}`,
    calls,
    lists,
    functions: known,
    onList: null,
    async restart(name) {
      const old = servers.get(name)
      await open(name)
      if (old) await closed(old)
    },
    async close() {
      await Promise.all([main, ...servers.values()].map(closed))
    },
  }
  return dashboard
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' })
  response.end(isText ? body : JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const portOf = (server: Server | undefined) => (server?.address() as AddressInfo | undefined)?.port

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
