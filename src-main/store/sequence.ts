import type { Handle } from './connection.ts'

/** Annotation ids are given out before there is a row, to clients that name what they will create. Never twice. */
export function reserveIds(
  { sql, write }: Handle,
  count: number,
): { first: number; count: number } {
  return write(() => {
    const row = sql<{ next: number }>(
      `UPDATE sequence SET next = next + ? WHERE name = 'annotation' RETURNING next`,
    ).get(count)
    return { first: (row?.next ?? 0) - count, count }
  })
}

export function isReserved({ sql }: Handle, id: number): boolean {
  const row = sql<{ next: number }>(`SELECT next FROM sequence WHERE name = 'annotation'`).get()
  return row !== undefined && id < row.next
}
