import type { SettingsRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'

export function createSettings({ sql, write }: Handle): SettingsRepository {
  const all = (): Record<string, unknown> =>
    Object.fromEntries(
      sql<{ key: string; value: string }>('SELECT * FROM setting ORDER BY key')
        .all()
        .map(({ key, value }) => [key, JSON.parse(value) as unknown]),
    )
  return {
    all,
    /** `undefined` leaves a setting as it is; `null` is a value. */
    merge: (change) =>
      write(() => {
        for (const [key, value] of Object.entries(change)) {
          if (value === undefined) continue
          sql(
            'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          ).run(key, JSON.stringify(value))
        }
        return all()
      }),
  }
}
