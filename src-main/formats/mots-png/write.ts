import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { flatLabels } from '../common/label-index.ts'
import { encodeGray16 } from '../common/png/encode.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { paintFrame } from './paint.ts'

/** A pixel is 1000 x (1 + number of the label) + number of the track, in 16 bits. */
export const OBJECTS = 1000
const MOST_LABELS = 64

/**
 * MOTS PNG 1.0 as CVAT writes it: `<subset>/instances/` with a PNG for each frame that has tracks, and `labels.txt`;
 * `<subset>/images/` on wish.
 * @throws INPUT_INVALID when the task has more tracks or labels than the pixels have numbers
 */
export async function writeMots(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = flatLabels(source.labels).map(({ label }) => label)
  const names = labels.map(({ name }) => name).join('\n')
  for (const subset of source.subsets) await output.text(`${subset}/instances/labels.txt`, [names])
  const numberOf = createValues(labels.map(({ id }) => id))
  for (const { frame, annotations } of progressOf(source, context)) {
    const tracked = annotations.filter((one) => one.kind === 'shape' && one.track !== undefined)
    const picture = paintFrame(tracked as WovenShape[], frame, numberOf)
    if (picture === null) continue
    const name = `${frame.subset}/instances/${withoutExtension(frame.name)}.png`
    await output.bytes(name, encodeGray16(picture), false)
  }
  if (withImages) {
    const nameOf = ({ subset, fileName }: DatasetFrame) => `${subset}/images/${fileName}`
    await writeImages(source, output, context, nameOf)
  }
}

function createValues(labelIds: readonly number[]): (shape: WovenShape) => number {
  return ({ labelId, track }) => {
    const label = labelIds.indexOf(labelId)
    const id = track?.id ?? 0
    if (id >= OBJECTS) throw tooMany(`the task has more than ${OBJECTS} tracks`)
    if (label >= MOST_LABELS) throw tooMany(`the task has more than ${MOST_LABELS} labels`)
    return OBJECTS * (1 + Math.max(0, label)) + id
  }
}

function tooMany(problem: string): AppError {
  const reason = `${problem}, which is all that its pixels can number`
  return new AppError('INPUT_INVALID', { where: 'MOTS PNG 1.0', problem: reason })
}
