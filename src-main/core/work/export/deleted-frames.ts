import type { Loss } from '#shared/contract/datasets.ts'

/** What every format leaves out, as CVAT's do: deleted frames. [] when there are none. */
export function deletedFrameLosses(count: number): Loss[] {
  if (count === 0) return []
  const what = `deleted ${count === 1 ? 'frame, with what is' : 'frames, with what is'} annotated there`
  return [{ severity: 'dropped', count, what }]
}
