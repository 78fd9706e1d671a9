import type { NewAnnotation } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { newShape } from '../common/new-shape.ts'
import { binaryPicture, maskOf, resized } from '../common/paint/binary-picture.ts'
import { baseName } from '../common/pictures.ts'
import { decodePng } from '../common/png/decode.ts'
import { readValues } from '../common/read-attributes.ts'
import { hasSize } from '../common/relative-numbers.ts'
import type { OpenImagesLayout } from './names.ts'
import type { PendingMask } from './pending-masks.ts'
import type { Context } from './read.ts'

/** The picture of a mask: in the folder of its subset, or wherever else the archive has one of that name. */
export function maskEntry(
  { pictures }: OpenImagesLayout,
  path: string,
  subset: string | undefined,
): string | null {
  const wanted = path.replaceAll('\\', '/').toLowerCase()
  const found = pictures.get(baseName(wanted)) ?? []
  const ends = [
    ...(subset === undefined ? [] : [`/${subset.toLowerCase()}/${wanted}`]),
    `/${wanted}`,
  ]
  for (const end of ends) {
    const entry = found.find((one) => `/${one.path.toLowerCase()}`.endsWith(end))
    if (entry !== undefined) return entry.name
  }
  return null
}

/** The masks of all subsets, picture by picture. */
export async function* addMasks(
  masks: readonly PendingMask[],
  context: Context,
): AsyncGenerator<NewAnnotation[]> {
  const { target, batch } = context
  const described = new Set<string>()
  for (const [done, mask] of masks.entries()) {
    throwIfCancelled(target.signal, 'The import')
    describeBoxId(mask, described, context)
    await addMask(mask, context)
    target.progress(done + 1, masks.length, mask.entry)
    const full = batch.take()
    if (full !== null) yield full
  }
}

/** Ids of boxes are texts, though they may look like numbers. */
function describeBoxId({ name, boxId }: PendingMask, described: Set<string>, { tally }: Context) {
  if (boxId === '' || described.has(name)) return
  described.add(name)
  tally.describe({ name, attributes: [{ name: 'box_id', inputType: 'text', values: [] }] })
}

async function addMask(mask: PendingMask, context: Context): Promise<void> {
  const { input, tally, batch, sizes } = context
  const { frame, name, entry, boxId, iou, group } = mask
  const label = tally.label(name)
  const png = decodePng(await input.bytes(entry), (problem) => {
    throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
  })
  if (label === null) return
  const picture = binaryPicture(png, 'ignored')
  // The data set's masks are often smaller or larger than their pictures.
  const { width, height } = [frame, sizes.get(mask.imageId) ?? picture].find(hasSize) ?? picture
  const points = maskOf(resized(picture, width, height))
  if (points === null) {
    tally.note('masks without a single pixel were left out')
    return
  }
  const said = {
    ...(boxId === '' ? {} : { box_id: boxId }),
    ...(iou === null ? {} : { predicted_iou: iou }),
  }
  const attributes = readValues(said, label, tally)
  const place = { frame: frame.index, labelId: label.id, group }
  batch.add(newShape({ ...place, type: 'mask', points, attributes }))
}
