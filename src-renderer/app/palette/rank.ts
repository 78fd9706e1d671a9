/**
 * How well `text` answers `query`, higher is better, 0 = not at all. Every word of the query must occur; the start of
 * the text beats the start of a word, which beats the middle of one. Case is ignored.
 */
export function rank(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const target = text.toLowerCase()
  let score = 1
  for (const word of words) {
    const at = target.indexOf(word)
    if (at < 0) return 0
    if (at === 0) score += 4
    else if (new RegExp(`\\W${quoted(word)}`).test(target)) score += 2
    else score += 1
  }
  return score
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The best `limit` items for a query, best first, equals in the order given. */
export function best<T>(
  items: readonly T[],
  query: string,
  textOf: (item: T) => string,
  limit: number,
): T[] {
  return items
    .map((item, at) => ({ item, at, score: rank(query, textOf(item)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, limit)
    .map(({ item }) => item)
}
