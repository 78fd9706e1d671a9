/**
 * `group_id`s of one answer as groups of ours, 1, 2, 3 … in order of appearance; 0 for what stands alone. To most functions
 * 0 means no group; in an answer that has others as well it is one of them.
 */
export function groupsOf(ids: readonly unknown[]): number[] {
  const keys = ids.map((id) => (typeof id === 'number' || typeof id === 'string' ? String(id) : ''))
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const zeroIsGroup = [...counts.keys()].some((key) => key !== '' && key !== '0')
  const numbers = new Map<string, number>()
  return keys.map((key) => {
    if (key === '' || (key === '0' && !zeroIsGroup) || counts.get(key) === 1) return 0
    const number = numbers.get(key) ?? numbers.size + 1
    numbers.set(key, number)
    return number
  })
}
