import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { round2 } from '../common/decimals.ts'
import { attributeValue, flatLabels } from '../common/label-index.ts'
import { TextBuffer } from '../common/text-buffer.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { numbersInNames } from './frame-numbers.ts'

/** MOT 1.1 as CVAT writes it: `gt/gt.txt`, `gt/labels.txt`, and `img1/` on wish. One row for each box on each frame. */
export async function writeMot(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('gt/gt.txt', rows(source, context))
  const names = flatLabels(source.labels).map(({ label }) => label.name)
  await output.text('gt/labels.txt', [names.join('\n')])
  if (withImages) await writeImages(source, output, context, pictureNames(source))
}

/** MOT has no subsets: of a project with several, pictures are told apart by folders. */
function pictureNames({ subsets }: DatasetSource): (frame: DatasetFrame) => string {
  return ({ subset, fileName }) =>
    subsets.length > 1 ? `img1/${subset}/${fileName}` : `img1/${fileName}`
}

function* rows(source: DatasetSource, context: WorkContext): Generator<string> {
  const out = new TextBuffer()
  const numberOf = frameNumbers(source)
  const trackNumber = createTrackNumbers()
  const classes = new Map(flatLabels(source.labels).map(({ label }, i) => [label.id, i + 1]))
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  for (const { frame, annotations } of progressOf(source, context)) {
    const number = numberOf(frame)
    for (const shape of annotations) {
      const label = labels.get(shape.labelId)
      if (shape.kind !== 'shape' || shape.type !== 'rectangle' || label === undefined) continue
      out.whole(number)
      out.text(',')
      out.whole(shape.track === undefined ? -1 : trackNumber(shape.track.id))
      writeBox(out, shape)
      writeFacts(out, { shape, label, classId: classes.get(label.id) ?? -1 })
    }
    if (out.isFull()) yield out.take()
  }
  yield out.take()
}

/** The number in a frame's name, or its place among the frames that are written, from 1. */
function frameNumbers(source: DatasetSource): (frame: DatasetFrame) => number {
  const named = numbersInNames(source.framesOnly())
  if (named !== null) {
    const byIndex = new Map([...named].map(([number, frame]) => [frame.index, number]))
    return ({ index }) => byIndex.get(index) ?? 0
  }
  let count = 0
  return () => ++count
}

/** 1, 2, 3 … in the order tracks appear. */
function createTrackNumbers(): (id: number) => number {
  const numbers = new Map<number, number>()
  return (id) => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return number
  }
}

/** Left, top, width, height of the box as it is before it is turned. */
function writeBox(out: TextBuffer, { points }: WovenShape): void {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.map(round2)
  const size = [round2(Math.abs(x2 - x1)), round2(Math.abs(y2 - y1))]
  for (const number of [Math.min(x1, x2), Math.min(y1, y2), ...size]) {
    out.text(',')
    out.float(number)
  }
}

/** Whether it counts (not a score), its class, and how much of it is seen. */
function writeFacts(
  out: TextBuffer,
  { shape, label, classId }: { shape: WovenShape; label: Label; classId: number },
): void {
  const value = (name: string): string | null => {
    const spec = label.attributes.find((each: AttributeSpec) => each.name === name)
    return spec === undefined ? null : attributeValue(spec, shape.attributes)
  }
  out.text(value('ignored')?.toLowerCase() === 'true' ? ',0,' : ',1,')
  out.whole(classId)
  out.text(',')
  const said = value('visibility')?.trim() ?? ''
  const visibility = said === '' ? Number.NaN : Number(said)
  out.float(Number.isFinite(visibility) ? visibility : shape.occluded ? 0 : 1)
  out.text('\r\n')
}
