import { connect as connectTcp } from 'node:net'
import type { ConnectionRepository, Connections, NetworkLog } from '#main/core/ports.ts'
import type { Connection, ConnectionTest } from '#shared/contract/connections.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { type Listed, type Listing, listFunctions } from './dashboard.ts'
import { connectionDefaults, type Environment } from './environment.ts'
import { functionIdOf, stateOf, unavailable } from './info.ts'
import { oneFunction } from './one-function.ts'
import { basicAuth, type Secrets, splitAddress } from './secrets.ts'
import { addressWarning } from './transport/addresses.ts'
import type { Network } from './transport/network.ts'
import { faultError, faultOf } from './transport/network-fault.ts'

export interface KeeperParts {
  readonly repository: ConnectionRepository
  readonly secrets: Secrets
  readonly network: Network
  readonly log: NetworkLog
  readonly env: Environment
}

/** Connections as people make, try and forget them. */
export function createKeeper({ repository, secrets, network, log, env }: KeeperParts): Connections {
  /** A password that is typed again replaces the old one; one that is left out stays with its address and name. */
  async function secretFor({ id, url }: Connection) {
    const { user, password } = splitAddress(url)
    const { origin } = new URL(url)
    if (password !== '') return { origin, user, password }
    const kept = await secrets.get(id)
    return kept && kept.origin === origin && kept.user === user ? kept : null
  }

  return {
    list: () => repository.list(),
    defaults: () => connectionDefaults(env),
    async save(connection) {
      const kept = { ...connection, url: splitAddress(connection.url).url }
      if (kept.via === 'function') oneFunction(kept)
      await secrets.set(connection.id, await secretFor(connection))
      repository.save(kept)
      return kept
    },
    async remove(id) {
      if (!repository.list().some((one) => one.id === id))
        throw new AppError('NOT_FOUND', { what: 'connection', id })
      repository.remove(id)
      await secrets.set(id, null)
    },
    async test(connection, signal) {
      const url = new URL(connection.url)
      const secret = await secretFor(connection)
      const headers = secret ? { authorization: basicAuth(secret) } : {}
      if (connection.via === 'function') {
        const listing = oneFunction(connection)
        await knock(connection, url, log, signal)
        return report(connection, listing)
      }
      const { listing } = await listFunctions(network, connection, headers, signal)
      return report(connection, listing)
    },
  }
}

function report(connection: Connection, { functions, leftOut }: Listing): ConnectionTest {
  const warning = addressWarning(new URL(connection.url), connection.via)
  const hints = functions.flatMap(({ function: one }) =>
    one.hints.map((hint) => `${one.name}: ${hint}`),
  )
  const reasons = leftOut.map(({ name, problem }) => `${name} is left out: ${problem}.`)
  return {
    functions: functions.map((listed) => line(connection, listed)),
    warnings: [...(warning === null ? [] : [warning]), ...reasons, ...hints].slice(0, 1000),
  }
}

function line(connection: Connection, listed: Listed): ConnectionTest['functions'][number] {
  const { name, kind } = listed.function
  const isWell = stateOf(connection, listed) === 'ready'
  const id = functionIdOf(connection.id, name)
  const problem = isWell ? '' : unavailable(id, connection, listed).message
  return { name, kind, state: listed.state, problem }
}

const KNOCK_MS = 5_000

/** Whether anybody listens there. A function would take any request for a call, so none is made. */
async function knock(
  { id, name }: Connection,
  url: URL,
  log: NetworkLog,
  signal: AbortSignal | undefined,
): Promise<void> {
  const started = performance.now()
  const fault = await reach(url, signal).then(
    () => null,
    (error: unknown) => faultOf(error),
  )
  log.add({
    at: new Date().toISOString(),
    connectionId: id,
    method: 'CONNECT',
    url: url.href,
    what: 'see whether the function is there',
    sentBytes: 0,
    receivedBytes: 0,
    status: null,
    tookMs: Math.round(performance.now() - started),
    problem: fault?.detail ?? '',
  })
  if (fault) throw faultError(fault, { what: name, url, seconds: KNOCK_MS / 1000 })
}

function reach(url: URL, signal: AbortSignal | undefined): Promise<void> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: KNOCK_MS, ...(signal ? { signal } : {}) })
    const end = (finish: () => void) => {
      socket.destroy()
      finish()
    }
    socket.once('connect', () => end(resolve))
    socket.once('timeout', () =>
      end(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }))),
    )
    socket.once('error', (error) => end(() => reject(error)))
  })
}
