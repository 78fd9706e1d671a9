import { type Connection, connectionSchema } from '#shared/contract/connections.ts'
import type { ConnectionRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'

export function createConnections({ sql, write }: Handle): ConnectionRepository {
  return {
    list: () =>
      sql<{ body: string }>('SELECT body FROM connection ORDER BY id')
        .all()
        .flatMap(({ body }): Connection[] => {
          const { data } = connectionSchema.safeParse(JSON.parse(body))
          return data ? [data] : []
        }),
    save: (connection) =>
      void write(() =>
        sql(
          'INSERT INTO connection (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
        ).run(connection.id, JSON.stringify(connection)),
      ),
    remove: (id) => void write(() => sql('DELETE FROM connection WHERE id = ?').run(id)),
    seen: (id) =>
      sql<{ seen: string | null }>('SELECT seen FROM connection WHERE id = ?').get(id)?.seen ??
      null,
    setSeen: (id, seen) =>
      void write(() => sql('UPDATE connection SET seen = ? WHERE id = ?').run(seen, id)),
  }
}
