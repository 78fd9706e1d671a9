import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Shape, Track } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { metaElement } from '../cvat-images/meta.ts'
import { attributes } from '../cvat-images/xml-text.ts'
import { createFrameWriter, type FrameWriter } from './frame-writer.ts'
import { shapePositions, trackPositions } from './positions.ts'
import { SHAPES_FOLLOW } from './shapes-mark.ts'

interface Options {
  readonly withImages: boolean
  readonly context: WorkContext
  readonly now: Date
}

/**
 * CVAT for video 1.1: `annotations.xml` with first all tracks, every frame of each, then all plain shapes as tracks of one
 * frame; and `images/` on wish. A page of tracks is in memory at a time.
 */
export async function writeCvatVideo(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context, now }: Options,
): Promise<void> {
  await output.text('annotations.xml', document(source, context, now))
  if (withImages) await writeImages(source, output, context, (frame) => `images/${frame.fileName}`)
}

function* document(source: DatasetSource, context: WorkContext, now: Date): Generator<string> {
  const out = new TextBuffer()
  out.text('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
  out.text(metaElement(source, now))
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const write = createFrameWriter(out, source.task)
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
    for (const position of trackPositions(track, source)) {
      if (!isOpen) openTrack(out, id, track, label)
      isOpen = true
      write(position, label)
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
  for (const { annotations } of progressOf(source, context, 'apart')) {
    for (const shape of annotations) {
      const label = labels.get(shape.labelId)
      if (shape.kind !== 'shape' || label === undefined) continue
      if (id === firstId) out.text(`  <!--${SHAPES_FOLLOW}-->\n`)
      openTrack(out, id, shape, label)
      for (const position of shapePositions(shape, source)) write(position, label)
      out.text('  </track>\n')
      id += 1
      if (out.isFull()) yield out.take()
    }
  }
}

function openTrack(
  out: TextBuffer,
  id: number,
  { source, group }: Shape | Track,
  label: Label,
): void {
  const head: [string, string | number][] = [
    ['id', id],
    ['label', label.name],
    ['source', source],
  ]
  if (group !== 0) head.push(['group_id', group])
  out.text(`  <track${attributes(head)}>\n`)
}
