import type { NetworkEntry } from '#shared/contract/connections.ts'
import type { NetworkLog } from '../core/ports.ts'
import type { Handle } from './connection.ts'

export const MOST_ENTRIES = 1000

interface EntryRow {
  readonly at: string
  readonly connection_id: string
  readonly method: string
  readonly url: string
  readonly what: string
  readonly sent_bytes: number
  readonly received_bytes: number
  readonly status: number | null
  readonly took_ms: number
  readonly problem: string
}

export function createNetworkLog({ sql, write }: Handle): NetworkLog {
  const append = (entry: NetworkEntry) =>
    write(() => {
      const { lastInsertRowid } = sql(
        `INSERT INTO network_entry
         (at, connection_id, method, url, what, sent_bytes, received_bytes, status, took_ms, problem)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        ...[entry.at, entry.connectionId, entry.method, publicUrl(entry.url), entry.what],
        ...[entry.sentBytes, entry.receivedBytes, entry.status, entry.tookMs, entry.problem],
      )
      sql('DELETE FROM network_entry WHERE id <= ?').run(Number(lastInsertRowid) - MOST_ENTRIES)
    })
  return {
    add(entry) {
      try {
        append(entry)
      } catch {
        // A full or read-only disk: what is being done matters more than that it is written down.
      }
    },
    newest: (limit) =>
      sql<EntryRow>('SELECT * FROM network_entry ORDER BY id DESC LIMIT ?').all(limit).map(parse),
  }
}

/** Queries may carry signatures and tokens: an address without them says where something went just as well. */
function publicUrl(text: string): string {
  if (!URL.canParse(text)) return ''
  const url = new URL(text)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  return url.href
}

function parse(row: EntryRow): NetworkEntry {
  return {
    at: row.at,
    connectionId: row.connection_id,
    method: row.method,
    url: row.url,
    what: row.what,
    sentBytes: row.sent_bytes,
    receivedBytes: row.received_bytes,
    status: row.status,
    tookMs: row.took_ms,
    problem: row.problem,
  }
}
