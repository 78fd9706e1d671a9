/**
 * The name most like another: blind to case, and to whether words are parted by a blank, `_` or `-`; else with the fewest
 * letters to change, at most a third of them. Null where none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const wanted = plain(name)
  const same = known.find((other) => plain(other) === wanted)
  if (same !== undefined) return same
  let best: string | null = null
  let fewest = Math.floor(wanted.length / 3) + 1
  for (const other of known) {
    const changes = editDistance(wanted, plain(other), fewest)
    if (changes >= fewest) continue
    fewest = changes
    best = other
  }
  return best
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '')

/** Letters to insert, remove or change; `limit` once it is clear that there are at least so many. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    if (Math.min(...next) >= limit) return limit
    row = next
  }
  return Math.min(limit, row[b.length] ?? limit)
}
