/** What a format cannot hold of what is exported. */
import type { Loss } from '#shared/contract/datasets.ts'
import type { AnnotationCensus, DatasetFormat, KeptType, Store } from '../../ports.ts'
import { CensusCounter, objectsIn, sumOfCensuses, writtenIn } from './census-of.ts'
import { type Selection, takesAll } from './dataset-selection.ts'
import type { StreamFrame, TaskStream } from './dataset-stream.ts'
import { deletedFrameLosses } from './deleted-frames.ts'

export interface ExportLosses {
  /** Annotations as a person counts them, a track as one. */
  readonly annotations: number
  readonly losses: readonly Loss[]
  /** Shapes and tags on all frames, as a file that has everything holds them. */
  readonly total: number
  /** Those of them that are not in the file. */
  readonly dropped: number
  /** What is read back beyond that. */
  readonly extra: number
}

type LossyFormat = Pick<DatasetFormat, 'keeps' | 'losses' | 'frameLosses' | 'hasFrameLosses'>
interface Counted {
  readonly streams: readonly TaskStream[]
  readonly selection: Selection
}

/**
 * Counted by the store where everything goes out; else, and where the format looks at each frame, on the way through the
 * annotations.
 */
export async function exportLosses(
  store: Store,
  format: LossyFormat,
  counted: Counted,
): Promise<ExportLosses> {
  const { streams, selection } = counted
  const stored = takesAll(selection)
  const ofStore = (keeps?: readonly KeptType[]) => storedCensus(store, streams, keeps)
  const known = stored ? ofStore(format.keeps) : null
  const walked = known && !looksAtFrames(format, known) ? null : await walk(format, counted)
  const all = stored || !walked ? ofStore() : walked.all
  const kept = known ?? walked?.kept ?? ofStore(format.keeps)
  const ofFormat = [...format.losses(kept), ...(walked?.ofFrames ?? [])]
  const deleted = streams.reduce((sum, stream) => sum + stream.deletedCount(), 0)
  return {
    annotations: objectsIn(all),
    losses: [...deletedFrameLosses(deleted), ...ofFormat],
    total: writtenIn(all),
    dropped: ofFormat.reduce(
      (sum, { severity, count }) => sum + (severity === 'dropped' ? count : 0),
      0,
    ),
    extra: ofFormat.reduce((sum, { extra = 0 }) => sum + extra, 0),
  }
}

function looksAtFrames(format: LossyFormat, census: AnnotationCensus): boolean {
  return format.frameLosses !== undefined && (format.hasFrameLosses?.(census) ?? true)
}

function storedCensus(
  store: Store,
  streams: readonly TaskStream[],
  keeps: readonly KeptType[] | undefined,
): AnnotationCensus {
  return sumOfCensuses(
    streams.map(({ task, job, range }) =>
      store.annotations.census(task.id, job ? range : undefined, keeps),
    ),
  )
}

/** Longer in one go and a key pressed meanwhile would be felt to wait. */
const SLICE_MS = 6

/** All frames, with a pause now and then so that others have their turn. */
async function walk(format: LossyFormat, { streams, selection }: Counted) {
  const kept = new CensusCounter(format.keeps)
  const all = new CensusCounter()
  const losses = new Map<string, Loss>()
  const look = (item: StreamFrame, { labels }: TaskStream) => {
    kept.add(item)
    all.add(item)
    for (const loss of format.frameLosses?.(item.annotations, labels, sizeOf(item)) ?? [])
      addLoss(losses, loss)
  }
  let begun = performance.now()
  for (const stream of streams) {
    for (const item of stream.all()) {
      if (item.annotations.length > 0 || selection.frames !== 'annotated') look(item, stream)
      if (performance.now() - begun < SLICE_MS) continue
      await new Promise(setImmediate)
      begun = performance.now()
    }
  }
  return { kept: kept.census(), all: all.census(), ofFrames: [...losses.values()] }
}

const sizeOf = ({ record: { width, height } }: StreamFrame) => ({
  width: width ?? 0,
  height: height ?? 0,
})

function addLoss(losses: Map<string, Loss>, loss: Loss): void {
  const key = `${loss.severity} ${loss.what}`
  const known = losses.get(key)
  const extra = (known?.extra ?? 0) + (loss.extra ?? 0)
  const count = (known?.count ?? 0) + loss.count
  losses.set(key, { ...loss, count, ...(extra > 0 ? { extra } : {}) })
}
