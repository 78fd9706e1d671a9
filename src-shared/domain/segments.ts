export interface Segment {
  /** Task frame indices, inclusive. */
  readonly start: number
  readonly stop: number
}

/**
 * Frame ranges of a task's jobs, as CVAT's server cuts them: one starts every `segmentSize - overlap` frames, the last
 * is cut short, the overlap is at most half a segment. 0 or more than the task = one job over everything.
 */
export function cutSegments(task: {
  readonly size: number
  readonly segmentSize: number
  readonly overlap: number
}): Segment[] {
  const { size, segmentSize } = task
  if (size === 0) return []
  if (segmentSize === 0 || segmentSize >= size) return [{ start: 0, stop: size - 1 }]
  const overlap = Math.min(task.overlap, Math.floor(segmentSize / 2))
  const segments: Segment[] = []
  for (let start = 0; start < size - overlap; start += segmentSize - overlap) {
    segments.push({ start, stop: Math.min(start + segmentSize, size) - 1 })
  }
  return segments
}
