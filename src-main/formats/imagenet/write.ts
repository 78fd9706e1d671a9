import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import { labelFolders } from '../common/folder-names.ts'
import { flatLabels } from '../common/label-index.ts'
import { progressOf } from '../common/write-images.ts'
import { quoteName } from './list.ts'

/** Folder of frames without a tag. */
export const NO_LABEL = 'no_label'

/**
 * ImageNet 1.0 as CVAT writes it: with pictures a folder for each label, a copy of the picture in each of its labels'; without
 * them `synsets.txt` with the labels and a list for each subset, a frame a line.
 */
export async function writeImageNet(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  if (withImages) return await writeFolders(source, output, context)
  const labels = flatLabels(source.labels).map(({ label }) => label)
  await output.text(
    'synsets.txt',
    labels.map(({ name }) => `${name}\n`),
  )
  const numbers = new Map(labels.map(({ id }, index) => [id as number, index]))
  for (const subset of source.subsets) {
    const name = subset === 'synsets' ? 'synsets_1' : subset
    await output.text(`${name}.txt`, lines(source, context, subset, numbers))
  }
}

function* lines(
  source: DatasetSource,
  context: WorkContext,
  subset: string,
  numbers: ReadonlyMap<number, number>,
): Generator<string> {
  for (const { frame, annotations } of progressOf(source, context, 'apart', subset)) {
    const found = labelIds(annotations).map((id) => numbers.get(id) ?? 0)
    yield `${quoteName(frame.fileName)} ${found.join(' ')}\n`
  }
}

/** The labels a frame is tagged with, each once. */
function labelIds(annotations: readonly { kind: string; labelId: Tag['labelId'] }[]): number[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag')
  return [...new Set(tags.map(({ labelId }) => labelId as number))]
}

async function writeFolders(
  source: DatasetSource,
  output: DatasetOutput,
  context: WorkContext,
): Promise<void> {
  const folders = labelFolders(flatLabels(source.labels).map(({ label }) => label))
  const pathOf = createPaths(source)
  for (const { frame, annotations } of progressOf(source, context, 'apart')) {
    const found = labelIds(annotations).map((id) => folders.get(id) ?? NO_LABEL)
    const picture = await source.image(frame)
    if (picture === null) continue
    for (const folder of found.length > 0 ? found : [NO_LABEL]) {
      await output.bytes(pathOf(folder, frame), picture, false)
    }
  }
}

/**
 * The folder is not said twice. Pictures of one name in several subsets lie in a folder of their subset, inside that of the
 * label: nothing else would tell them apart.
 */
function createPaths(source: DatasetSource): (folder: string, frame: DatasetFrame) => string {
  const shared = sharedNames(source)
  return (folder, { fileName, subset }) => {
    const name = shared.has(fileName) ? `${subset}/${fileName}` : fileName
    return name.startsWith(`${folder}/`) ? name : `${folder}/${name}`
  }
}

function sharedNames(source: DatasetSource): Set<string> {
  const shared = new Set<string>()
  if (source.subsets.length < 2) return shared
  const subsets = new Map<string, string>()
  for (const { fileName, subset } of source.framesOnly()) {
    const known = subsets.get(fileName)
    if (known === undefined) subsets.set(fileName, subset)
    else if (known !== subset) shared.add(fileName)
  }
  return shared
}
