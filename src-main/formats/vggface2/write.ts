import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { csvLine } from '../common/csv.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'
import { labelFolders } from '../common/folder-names.ts'
import { flatLabels } from '../common/label-index.ts'
import { progressOf } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { BOX_HEADER, isLandmarks, LANDMARK_HEADER, NO_LABEL } from './tables.ts'

/** VGGFace2 1.0: for each subset a table of points (in which tags and empty frames stand, too) and one of boxes. */
export async function writeVggFace(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = flatLabels(source.labels).map(({ label }) => label)
  await output.text(
    'labels.txt',
    labels.map(({ name }) => `${name}\n`),
  )
  const folders = labelFolders(labels)
  for (const subset of source.subsets) {
    const rows = (kind: Kind) => tableRows(source, context, { subset, folders, kind })
    await output.text(`bb_landmark/loose_landmark_${subset}.csv`, rows('landmarks'))
    if (hasBoxes(source, subset)) {
      await output.text(`bb_landmark/loose_bb_${subset}.csv`, rows('boxes'))
    }
    if (withImages) await writePictures(source, output, { context, subset, folders })
  }
}

type Kind = 'landmarks' | 'boxes'
type Folders = ReadonlyMap<number, string>

function hasBoxes(source: DatasetSource, subset: string): boolean {
  for (const { annotations } of source.frames('woven', subset))
    if (annotations.some(isBox)) return true
  return false
}

function isBox(one: Tag | WovenShape): one is WovenShape {
  return one.kind === 'shape' && one.type === 'rectangle'
}

function isKept(one: Tag | WovenShape): boolean {
  return one.kind === 'tag' || isBox(one) || isLandmarks(one)
}

function* tableRows(
  source: DatasetSource,
  context: WorkContext,
  { subset, folders, kind }: { subset: string; folders: Folders; kind: Kind },
): Generator<string> {
  yield csvLine(kind === 'boxes' ? BOX_HEADER : LANDMARK_HEADER)
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const name = (one?: Tag | WovenShape) =>
      nameId(frame, folders.get(one?.labelId ?? -1) ?? NO_LABEL)
    if (kind === 'boxes') {
      for (const box of annotations.filter(isBox)) yield csvLine([name(box), ...boxFields(box)])
    } else {
      for (const one of annotations) {
        if (one.kind === 'tag' || isLandmarks(one)) yield csvLine([name(one), ...pointFields(one)])
      }
      if (!annotations.some(isKept)) yield csvLine([name(), ...Array<string>(10).fill('')])
    }
  }
}

/** `<label>/<path without extension>`; a label that is the first folder already is not said twice. */
function nameId({ fileName }: DatasetFrame, folder: string): string {
  const id = withoutExtension(fileName)
  return id.startsWith(`${folder}/`) ? id : `${folder}/${id}`
}

function boxFields({ points }: WovenShape): string[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.map(round2)
  const numbers = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)]
  return numbers.map((n) => pythonFloat(round2(n)))
}

function pointFields(one: Tag | WovenShape): string[] {
  if (one.kind === 'tag') return Array<string>(10).fill('')
  return one.points.map((n) => pythonFloat(round2(n)))
}

/** In the folder of the first annotation that is written. */
async function writePictures(
  source: DatasetSource,
  output: DatasetOutput,
  { context, subset, folders }: { context: WorkContext; subset: string; folders: Folders },
): Promise<void> {
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const first = annotations.find(isKept)
    const picture = await source.image(frame)
    const extension = frame.fileName.slice(withoutExtension(frame.fileName).length) || '.jpg'
    const name = nameId(frame, folders.get(first?.labelId ?? -1) ?? NO_LABEL)
    if (picture !== null) await output.bytes(`${subset}/${name}${extension}`, picture, false)
  }
}
