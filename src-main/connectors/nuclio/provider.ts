import type { ConnectionRepository, EmbeddingDecoder, FunctionProvider } from '#main/core/ports.ts'
import type { Connection } from '#shared/contract/connections.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { BoxForm } from '#shared/functions/nuclio/nuclio-function.ts'
import { type Callee, type Calls, createCalls } from './calls.ts'
import type { Listed } from './dashboard.ts'
import { createFollowing } from './following.ts'
import { functionIdOf, infoOf, stateOf, unavailable } from './info.ts'
import type { Known, Listings } from './listings.ts'
import { askDetector, askReid } from './questions.ts'
import { createReader } from './reading/reader.ts'
import { createSegmenting } from './segmenting.ts'
import { createSpeeds } from './speeds.ts'
import type { Network } from './transport/network.ts'
import { faultError, faultOf } from './transport/network-fault.ts'
import { createWorkers, type Workers } from './transport/workers.ts'

export interface ProviderParts {
  readonly repository: Pick<ConnectionRepository, 'list'>
  readonly listings: Listings
  readonly network: Network
  /** What makes masks of what some functions answer. */
  readonly decoder: EmbeddingDecoder
  readonly headersFor: (connection: Connection, url: URL) => Promise<Record<string, string>>
  /** For tests: waits before each try after "no free worker". */
  readonly busyPausesMs?: readonly number[]
  /** For tests: of all states of trackers together. */
  readonly mostStateBytes?: number
}

/** Functions of all connections that are switched on. */
export function createProvider(parts: ProviderParts): FunctionProvider {
  const { repository, listings, network, decoder } = parts
  const speeds = createSpeeds()
  const workersOf = createWorkersByFunction()
  const bare = createCalls({ ...parts, again })
  const calls: Calls = { make: (callee, call) => inTurn(callee, call) }
  const reader = createReader()
  const asking = { calls, reader, boxForms: new Map<FunctionId, BoxForm>() }
  const segmenting = createSegmenting(asking, decoder)
  const following = createFollowing(calls, reader, parts.mostStateBytes)

  async function again({ id, connection, listed }: Callee): Promise<Callee | null> {
    const { listing, fault } = await listings.refresh(connection)
    const { name } = listed.function
    const now = fault ? undefined : listing.functions.find((one) => one.function.name === name)
    return now ? { id, connection, listed: now } : null
  }

  /** @throws CONNECTION_OFF, NOT_FOUND, FUNCTION_UNAVAILABLE */
  async function find(id: FunctionId): Promise<Callee> {
    const [, connectionId = '', name = ''] = id.split('/')
    const connection = repository.list().find((one) => one.id === connectionId)
    if (!connection?.enabled) throw new AppError('CONNECTION_OFF', { what: id })
    const named = (one: Listed) => one.function.name === name
    let listed = (await listings.of(connection)).listing.functions.find(named)
    // Something was being deployed when it was listed.
    if (!listed || stateOf(connection, listed) !== 'ready')
      listed = (await listings.refresh(connection)).listing.functions.find(named)
    if (!listed) throw new AppError('NOT_FOUND', { what: 'function', id })
    if (stateOf(connection, listed) !== 'ready') throw unavailable(id, connection, listed)
    return { id, connection, listed }
  }

  async function inTurn(callee: Callee, call: Parameters<Calls['make']>[1]): Promise<Uint8Array> {
    const release = await workersOf(callee)
      .take(call.lane ?? 'now', call.signal)
      .catch((error: unknown) => {
        const url = new URL(callee.connection.url)
        throw faultError(faultOf(error), { what: callee.id, url, seconds: 0 })
      })
    const started = performance.now()
    try {
      const answer = await bare.make(callee, call)
      speeds.add(callee.id, performance.now() - started)
      return answer
    } finally {
      release()
    }
  }

  return {
    provider: 'nuclio',
    async list() {
      const enabled = repository.list().filter((one) => one.enabled)
      const known = await Promise.all(enabled.map((one) => listings.of(one)))
      const models = await decoder.list()
      return enabled.flatMap((connection, at) => {
        const { listing, ...how } = known[at] ?? NOTHING_KNOWN
        return listing.functions.map((listed) => {
          const id = functionIdOf(connection.id, listed.function.name)
          const decoders = segmenting.givesEmbeddings(id) ? models : null
          return infoOf(connection, listed, { ...how, speedMs: speeds.of(id), decoders })
        })
      })
    },
    whyMissing(id) {
      const [, connectionId = ''] = id.split('/')
      const isOn = repository.list().some((one) => one.id === connectionId && one.enabled)
      return isOn ? null : new AppError('CONNECTION_OFF', { what: id })
    },
    detect: async (id, picture, options) => askDetector(asking, await find(id), picture, options),
    // Nothing else is sent ahead of a question: a picture goes out when somebody asks about it.
    async prepare(id, picture, call) {
      if (segmenting.givesEmbeddings(id)) await segmenting.prepare(await find(id), picture, call)
    },
    interact: async (id, picture, prompt, call) =>
      segmenting.interact(await find(id), picture, prompt, call),
    begin: async (id, picture, shapes, call) =>
      following.begin(await find(id), picture, shapes, call),
    update: async (id, picture, tokens, call) =>
      following.update(await find(id), picture, tokens, call),
    match: async (id, question, call) => askReid(asking, await find(id), question, call),
    async close() {
      network.close()
      await reader.close()
    },
  }
}

const NOTHING_KNOWN: Known = {
  listing: { functions: [], leftOut: [] },
  fault: null,
  pending: false,
}

function createWorkersByFunction(): (callee: Callee) => Workers {
  const kept = new Map<string, { readonly count: number; readonly workers: Workers }>()
  return ({ id, listed }) => {
    const count = listed.function.trigger.workers
    const found = kept.get(id)
    if (found?.count === count) return found.workers
    const workers = createWorkers(count)
    kept.set(id, { count, workers })
    return workers
  }
}
