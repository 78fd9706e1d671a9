import type {
  DatasetOutput,
  DatasetPart,
  DatasetSource,
  FrameRange,
  WorkContext,
} from '#main/core/ports.ts'
import type { Shape, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { metaElement } from '../cvat-images/meta.ts'
import { imageNames } from '../cvat-images/write.ts'
import { attributes } from '../cvat-images/xml-text.ts'
import { createFrameWriter, type FrameWriter } from './frame-writer.ts'
import { shapePositions, trackPositions } from './positions.ts'
import { SHAPES_FOLLOW } from './shapes-mark.ts'

interface Options {
  readonly withImages: boolean
  readonly context: WorkContext
}

/**
 * CVAT for video 1.1: `annotations.xml` with first all tracks, every frame of each, then all plain shapes as tracks of one
 * frame; and `images/` on wish. A page of tracks is in memory at a time.
 */
export async function writeCvatVideo(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: Options,
): Promise<void> {
  await output.text('annotations.xml', document(source, context))
  if (withImages) await writeImages(source, output, context, imageNames(source))
}

function* document(source: DatasetSource, context: WorkContext): Generator<string> {
  const out = new TextBuffer()
  out.text('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
  out.text(metaElement(source))
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const write = createFrameWriter(out)
  const id = yield* tracks(source, { out, write, labels, context })
  yield* shapes(source, { out, write, labels, context, firstId: id })
  out.text('</annotations>\n')
  yield out.take()
}

interface Tools {
  readonly out: TextBuffer
  readonly write: FrameWriter
  readonly labels: ReadonlyMap<number, Label>
  readonly context: WorkContext
}

/** @returns the number of tracks written */
function* tracks(
  source: DatasetSource,
  { out, write, labels, context }: Tools,
): Generator<string, number> {
  let id = 0
  for (const { track } of source.tracks()) {
    throwIfCancelled(context.signal, 'The export')
    const label = labels.get(track.labelId)
    if (label === undefined) continue
    let isOpen = false
    const place = placeOf(source, track.frame)
    for (const position of trackPositions(track, place)) {
      if (!isOpen) openTrack(out, { id, one: track, label, place })
      isOpen = true
      write(position, label, place.absolute)
      if (out.isFull()) yield out.take()
    }
    // One that is seen on deleted frames only is not there: CVAT cannot read a track without shapes.
    if (!isOpen) continue
    out.text('  </track>\n')
    id += 1
    context.progress(0, null, `${id.toLocaleString('en')} tracks`)
  }
  return id
}

function* shapes(
  source: DatasetSource,
  { out, write, labels, context, firstId }: Tools & { readonly firstId: number },
): Generator<string> {
  let id = firstId
  for (const { frame, annotations } of progressOf(source, context, 'apart')) {
    const place = placeOf(source, frame.index)
    for (const shape of annotations) {
      const label = labels.get(shape.labelId)
      if (shape.kind !== 'shape' || label === undefined) continue
      if (id === firstId) out.text(`  <!--${SHAPES_FOLLOW}-->\n`)
      openTrack(out, { id, one: shape, label, place })
      for (const position of shapePositions(shape, place)) write(position, label, place.absolute)
      out.text('  </track>\n')
      id += 1
      if (out.isFull()) yield out.take()
    }
  }
}

/** The task an annotation belongs to: the one that is exported, or one of a project's. */
interface PlacedTask {
  readonly range: FrameRange
  readonly deletedFrames: ReadonlySet<FrameIndex>
  readonly part: DatasetPart | null
  absolute(frame: FrameIndex): number
}

function placeOf(source: DatasetSource, frame: FrameIndex): PlacedTask {
  const { task, range, deletedFrames, project } = source
  const part = project?.parts.findLast(({ first }) => first <= frame) ?? null
  if (part === null) {
    const absolute = (at: FrameIndex) => task.startFrame + at * task.frameStep
    return { range, deletedFrames, part, absolute }
  }
  const { first, frameCount, offset } = part
  const { startFrame, frameStep } = part.task
  return {
    range: { start: first, stop: first + frameCount - 1 },
    deletedFrames,
    part,
    absolute: (at) => offset + startFrame + (at - first) * frameStep,
  }
}

function openTrack(
  out: TextBuffer,
  {
    id,
    one: { source, group },
    label,
    place: { part },
  }: { id: number; one: Shape | Track; label: Label; place: PlacedTask },
): void {
  const head: [string, string | number][] = [
    ['id', id],
    ['label', label.name],
    ['source', source],
  ]
  if (part) head.push(['task_id', part.task.id], ['subset', part.subset])
  if (group !== 0) head.push(['group_id', group])
  out.text(`  <track${attributes(head)}>\n`)
}
