import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { attributeText } from '../common/label-index.ts'
import { createBatch, newShape } from '../common/new-shape.ts'
import { newTrack } from '../common/new-track.ts'
import { SeenTrack } from '../common/seen-track.ts'
import { frameResolver } from './frame-numbers.ts'
import { motFiles } from './layout.ts'
import { type MotRow, motRows } from './rows.ts'
import { type PackedTrack, TrackRows } from './track-rows.ts'

/**
 * Import MOT 1.1: boxes of no track as they come, tracks at the end, since their rows may stand anywhere in the file. Every
 * row of a track is a keyframe.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readMot(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const { entry, sizeBytes, names } = await motFiles(input)
  const labelOf = labelResolver(names, target, tally)
  const indexOf = frameResolver(input, target)
  const tracks = new TrackRows(input.file, entry)
  const batch = createBatch()
  let done = 0
  for await (const rows of motRows(input, entry)) {
    throwIfCancelled(target.signal, 'The import')
    for (const row of rows) {
      const frame = tally.position(indexOf(row.frame), String(row.frame))
      const label = labelOf(row.classId)
      if (frame === null || label === null) continue
      if (row.track > 0) tracks.add({ ...row, frame }, label)
      else batch.add(toShape(row, frame, label, tally))
    }
    done += rows.length * BYTES_A_ROW
    target.progress(Math.min(done, sizeBytes), sizeBytes, entry)
    const full = batch.take()
    if (full !== null) yield full
  }
  for (const track of tracks.take()) {
    throwIfCancelled(target.signal, 'The import')
    batch.add(toTrack(track, target.frameCount, tally))
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

/** About; for progress only. */
const BYTES_A_ROW = 40

/** Classes count the file's labels from 1. Where the file names no class, a task with one label has only one answer. */
function labelResolver(
  names: readonly string[],
  { labels }: ReadTarget,
  tally: ImportTally,
): (classId: number) => Label | null {
  const [only] = labels
  return (classId) => {
    if (classId > 0) return tally.label(names[classId - 1] ?? `class ${classId}`)
    if (labels.length === 1 && only !== undefined) return tally.label(only.name)
    tally.nameless('boxes without a class were left out')
    return null
  }
}

type Facts = Pick<MotRow, 'isIgnored' | 'visibility'>

function toShape(row: MotRow, frame: FrameIndex, label: Label, tally: ImportTally): NewAnnotation {
  return newShape({
    ...{ frame, labelId: label.id, type: 'rectangle', source: 'manual' },
    points: [...row.points],
    occluded: isOccluded(row),
    attributes: valuesOf(row, label, tally),
  })
}

function isOccluded({ visibility }: Facts): boolean {
  return visibility !== null && visibility <= 0
}

function valuesOf(
  { isIgnored, visibility }: Facts,
  label: Label,
  tally: ImportTally,
): AttributeValue[] {
  const said = { visibility, ignored: isIgnored }
  return Object.entries(said).flatMap(([name, value]) => {
    const spec = value === null ? null : tally.labels.attribute(label, name)
    const text = spec === null ? null : attributeText(spec, value)
    return spec === null || text === null ? [] : [{ specId: spec.id, value: text }]
  })
}

function toTrack(
  { label, rows }: PackedTrack,
  frameCount: number,
  tally: ImportTally,
): NewAnnotation {
  const seen = new SeenTrack()
  for (const { frame, points, ...facts } of rows) {
    const attributes = valuesOf(facts, label, tally)
    const place = { rotation: 0, zOrder: 0, elements: [] }
    const occluded = isOccluded(facts)
    if (!seen.add({ frame, points: [...points], ...place, occluded, attributes }, true)) {
      tally.note('boxes came twice on a frame of their track; the last one counts')
    }
  }
  const keyframes = seen.keyframes(frameCount)
  const common = { labelId: label.id, group: 0, source: 'manual', type: 'rectangle' } as const
  return newTrack({ ...common, label, keyframes })
}
