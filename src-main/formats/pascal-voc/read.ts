import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { folderNames } from '../common/folder-names.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createBatch } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { ClassReader } from '../common/paint/class-reader.ts'
import { baseName } from '../common/pictures.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { notVoc, readAnnotationFile, type VocFile } from './annotation-file.ts'
import { describeLabels, readLabelList } from './label-list.ts'
import { maskClasses, type VocLabel } from './label-map.ts'
import { readLayout, type VocItem } from './layout.ts'
import { readMaskPair } from './masks-in.ts'
import { type ObjectsHost, shapesOf } from './objects-in.ts'

/**
 * Import PASCAL VOC 1.1: boxes with their attributes, tags, masks. Archives of the data set, and bare XML files as other
 * tools write them.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readVoc(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const layout = await readLayout(input)
  if (layout.items.length === 0) {
    throw notVoc(input.file, 'it needs XML files, or folders Annotations, ImageSets, Segmentation…')
  }
  const tally = createImportTally(input.file, target)
  const labels = await readLabelList(input, layout, target)
  if (layout.labelMap !== null) describeLabels(labels, tally, { withColors: false })
  const host: ObjectsHost = {
    tally,
    tracks: new TrackedShapes(tally),
    vocLabels: new Map(labels.map((label) => [label.name, label])),
  }
  const reader = new ClassReader(maskClasses(labels), { file: input.file, tally, target })
  const tagLabel = tagLabels(labels)
  const batch = createBatch()
  let done = 0
  for (const item of layout.items) {
    throwIfCancelled(target.signal, 'The import')
    const file = item.xml === undefined ? null : await readAnnotationFile(input, item.xml)
    const frame = frameOf(item, file, tally)
    if (frame !== null) {
      if (file !== null) noteOtherSize(frame, file, tally)
      for (const shape of shapesOf(file?.objects ?? [], frame, host)) batch.add(shape)
      for (const shape of await readMaskPair(input, item, { frame, reader, tally })) {
        batch.add(shape)
      }
      for (const name of item.tags ?? []) addTag(tagLabel(name), frame, tally, batch.add)
    }
    target.progress(++done, layout.items.length, item.id)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  reader.finish()
  yield* host.tracks.take(target)
  tally.finish()
}

/** By its id with the extension of its picture, then by its id, then by what its file calls the picture. */
export function frameOf(
  item: VocItem,
  file: VocFile | null,
  tally: ImportTally,
): DatasetFrame | null {
  const { id, picture, subset } = item
  const fileName = (file?.fileName ?? '').replaceAll('\\', '/')
  const extension = /\.[^./]+$/.exec(picture ?? fileName)?.[0] ?? ''
  const folder = id.slice(0, id.lastIndexOf('/') + 1)
  const said = fileName === '' ? [] : [fileName, folder + baseName(fileName)]
  return tally.frameOf([id.endsWith(extension) ? id : id + extension, id, ...said], subset)
}

/** Names of labels as they are in the names of lists. */
function tagLabels(labels: readonly VocLabel[]): (listed: string) => string {
  const names = [...folderNames(labels.map(({ name }) => name))]
  const byFile = new Map(names.map(([name, file]) => [file, name]))
  return (listed) => byFile.get(listed) ?? listed
}

function addTag(
  name: string,
  frame: DatasetFrame,
  tally: ImportTally,
  add: (annotation: NewAnnotation) => void,
): void {
  const label = tally.label(name)
  if (label === null) return
  const common = { group: 0, source: 'file' as const, attributes: [] }
  add({ kind: 'tag', frame: frame.index, labelId: label.id, ...common })
}
