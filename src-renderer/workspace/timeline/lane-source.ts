import { client } from '#renderer/state/client.ts'
import type { AnnotationDocument } from '#renderer/state/document.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { type Lane, laneOf, unpackLane } from './lane.ts'
import type { LaneSource } from './lane-store.ts'

const COUNTS_AT_ONCE = 5000

/** From the tracks the document holds; of a task that has too many, from the core, without their outlines. */
export function laneSource(
  taskId: TaskId,
  size: number,
  document: Pick<AnnotationDocument, 'tracks'>,
): LaneSource {
  return {
    async lanes() {
      const tracks = await document.tracks()
      return tracks.length > 0 ? tracks.map(laneOf) : lanesOfCore(taskId)
    },
    async shapeCounts() {
      const counts = new Uint32Array(size)
      for (let from = 0; from < size; from += COUNTS_AT_ONCE) {
        const page = { taskId, from, count: COUNTS_AT_ONCE, of: 'shapes' } as const
        counts.set((await client.frames.counts(page)).counts, from)
      }
      return counts
    },
  }
}

async function lanesOfCore(taskId: TaskId): Promise<Lane[]> {
  const lanes: Lane[] = []
  let after: { frame: number; id: number } | null = { frame: -1, id: 0 }
  while (after) {
    const place: { afterFrame: number; afterId: number } = {
      afterFrame: after.frame,
      afterId: after.id,
    }
    const page = await client.annotations.lanes({ taskId, ...place })
    for (const lane of page.tracks) lanes.push(unpackLane(lane))
    after = page.next
  }
  return lanes
}
