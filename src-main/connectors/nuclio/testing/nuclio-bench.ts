/** A connector with a store in memory, for tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionRepository, FunctionPicture, NetworkLog } from '#main/core/ports.ts'
import type { Connection, NetworkEntry } from '#shared/contract/connections.ts'
import { createNuclio, type NuclioOptions } from '../index.ts'

export function memoryRepository(): ConnectionRepository {
  const kept = new Map<string, Connection>()
  const seen = new Map<string, string>()
  return {
    list: () => [...kept.values()],
    save: (connection) => void kept.set(connection.id, connection),
    remove(id) {
      kept.delete(id)
      seen.delete(id)
    },
    seen: (id) => seen.get(id) ?? null,
    setSeen: (id, text) => void (kept.has(id) && seen.set(id, text)),
  }
}

export interface NuclioBench extends ReturnType<typeof createNuclio> {
  readonly log: NetworkEntry[]
  readonly secretsPath: string
  readonly repository: ConnectionRepository
  /** Another connector on the same store, as after a restart. */
  again(): ReturnType<typeof createNuclio>
  close(): Promise<void>
}

export async function nuclioBench(more: Partial<NuclioOptions> = {}): Promise<NuclioBench> {
  const dir = await mkdtemp(join(tmpdir(), 'fieldmark-nuclio-'))
  const log: NetworkEntry[] = []
  const networkLog: NetworkLog = {
    add: (entry) => void log.push(entry),
    newest: (limit) => log.toReversed().slice(0, limit),
  }
  const repository = memoryRepository()
  const secretsPath = join(dir, 'secrets.json')
  const make = () =>
    createNuclio({
      repository,
      log: networkLog,
      secretsPath,
      env: {},
      busyPausesMs: [1, 1, 1],
      decoder: { list: async () => [], decode: async () => null },
      ...more,
    })
  const nuclio = make()
  return {
    ...nuclio,
    log,
    secretsPath,
    repository,
    again: make,
    async close() {
      await nuclio.provider.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export function connectionTo(url: string, more: Partial<Connection> = {}): Connection {
  return {
    id: 'lab',
    name: 'Lab',
    via: 'dashboard',
    url,
    project: 'cvat',
    namespace: 'nuclio',
    invoke: 'dashboard',
    timeoutSeconds: 5,
    enabled: true,
    functionYaml: '',
    ...more,
  }
}

/** The head of a PNG of this size: all that is looked at here, sent as it is. */
export function pictureOf(width: number, height: number): FunctionPicture {
  const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return {
    key: `${width} x ${height}`,
    what: 'frame 3, street/3.png',
    pixels: () => Promise.reject(new Error('nobody needs the pixels')),
    encoded: async () => ({ contentType: 'image/png', bytes: head }),
  }
}
