import type { ConnectionRepository } from '#main/core/ports.ts'
import type { Connection } from '#shared/contract/connections.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import { toErrorBody } from '#shared/errors/app-error.ts'
import { isFields } from '#shared/functions/nuclio/plain-values.ts'
import { type Listing, listFunctions, readListing } from './dashboard.ts'
import { oneFunction } from './one-function.ts'
import type { Network } from './transport/network.ts'

/** What a connection has, and why that may not be true any more. */
export interface Known {
  readonly listing: Listing
  /** Why it could not be asked; the listing is then what it had before. */
  readonly fault: ErrorBody | null
  /** It has not answered yet: this is from an earlier day. */
  readonly pending: boolean
}

/** Lists from a short memory, so that a machine that is down holds nobody up. */
export interface Listings {
  /** At most a moment old, or what is known while it is being asked again. Never throws. */
  of(connection: Connection): Promise<Known>
  /** Asked now. Never throws. */
  refresh(connection: Connection): Promise<Known>
}

/** Younger than this a list is as good as new. */
const FRESH_MS = 15_000
/** Nobody waits longer for a list that was never had. */
const FIRST_WAIT_MS = 2_500
/** Longer lists are not kept over a restart. */
const MOST_KEPT = 8_000_000

interface Entry {
  readonly key: string
  known: Known | null
  at: number
  asking: Promise<Known> | null
}

export function createListings(options: {
  readonly network: Network
  readonly repository: Pick<ConnectionRepository, 'seen' | 'setSeen'>
  readonly headersFor: (connection: Connection, url: URL) => Promise<Record<string, string>>
}): Listings {
  const entries = new Map<string, Entry>()

  function entryOf(connection: Connection): Entry {
    const key = JSON.stringify({ ...connection, name: '' })
    const found = entries.get(connection.id)
    if (found?.key === key) return found
    const fresh: Entry = { key, known: null, at: 0, asking: null }
    entries.set(connection.id, fresh)
    return fresh
  }

  function refresh(connection: Connection): Promise<Known> {
    const entry = entryOf(connection)
    entry.asking ??= ask(connection, entry).then((known) => {
      entry.known = known
      entry.at = performance.now()
      entry.asking = null
      return known
    })
    return entry.asking
  }

  async function ask(connection: Connection, entry: Entry): Promise<Known> {
    try {
      return { listing: await listOf(connection), fault: null, pending: false }
    } catch (error) {
      const before = entry.known?.listing ?? remembered(connection)
      return { listing: before, fault: toErrorBody(error), pending: false }
    }
  }

  async function listOf(connection: Connection): Promise<Listing> {
    if (connection.via === 'function') return oneFunction(connection)
    const { network, repository, headersFor } = options
    const headers = await headersFor(connection, new URL(connection.url))
    const { listing, raw } = await listFunctions(network, connection, headers)
    if (raw.length <= MOST_KEPT && raw !== repository.seen(connection.id))
      repository.setSeen(connection.id, raw)
    return listing
  }

  function remembered({ id, via }: Connection): Listing {
    const seen = via === 'dashboard' ? options.repository.seen(id) : null
    const values: unknown = seen === null ? {} : JSON.parse(seen)
    return readListing(isFields(values) ? values : {})
  }

  return {
    refresh,
    async of(connection) {
      const entry = entryOf(connection)
      if (entry.known && performance.now() - entry.at < FRESH_MS) return entry.known
      const asking = refresh(connection)
      if (entry.known) return entry.known
      const first = await Promise.race([asking, moment(FIRST_WAIT_MS)])
      if (first) return first
      // Who asks next does not wait again.
      entry.known ??= { listing: remembered(connection), fault: null, pending: true }
      return entry.known
    },
  }
}

function moment(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref()
  })
}
