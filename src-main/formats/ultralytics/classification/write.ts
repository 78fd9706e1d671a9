import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { labelFolders } from '../../common/folder-names.ts'
import { createItemIds } from '../../common/item-ids.ts'
import { flatLabels } from '../../common/label-index.ts'
import { baseName } from '../../common/pictures.ts'
import { progressOf } from '../../common/write-images.ts'
import { nameBySubset, yoloSubsets } from '../../common/yolo-subsets.ts'
import { withoutExtension } from '../../frame-matcher.ts'

export const FORMAT = 'Ultralytics YOLO Classification 1.0'

/** Folder of pictures without a tag. */
export const NO_LABEL = 'no_label'
/** CVAT's own list, with which nothing is lost: pictures without a tag or with several, names that are folders. */
export const LABELS_FILE = 'labels.json'

/**
 * Ultralytics YOLO Classification 1.0 as CVAT writes it: `<subset>/labels.json`, and on wish a copy of each picture in
 * `<subset>/<label>/` for each of its tags.
 */
export async function writeClassification(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const subsets = yoloSubsets(source.subsets, { reserved: [], format: FORMAT })
  for (const [name, parts] of subsets) {
    await output.text(`${name}/${LABELS_FILE}`, labelsJson(source, parts, context))
  }
  if (!withImages) return
  const nameOf = nameBySubset(subsets)
  for (const parts of subsets.values()) {
    for (const { frame, copies } of copiesOf(source, parts, context)) {
      const picture = await source.image(frame)
      if (picture === null) continue
      const folder = nameOf.get(frame.subset) ?? frame.subset
      for (const copy of copies) await output.bytes(`${folder}/${copy}`, picture, false)
    }
  }
}

function* labelsJson(
  source: DatasetSource,
  subsets: readonly string[],
  context: WorkContext,
): Generator<string> {
  const idOf = createItemIds()
  let separator = '{'
  for (const { frame, labels, copies } of copiesOf(source, subsets, context)) {
    const item = { labels, path: copies.at(-1) ?? '' }
    yield `${separator}${JSON.stringify(idOf(frame))}:${JSON.stringify(item)}`
    separator = ','
  }
  yield separator === '{' ? '{}' : '}'
}

interface Copies {
  readonly frame: DatasetFrame
  /** Names of its tags, each once. */
  readonly labels: readonly string[]
  /** Paths of its copies inside the subset's folder: one at least. */
  readonly copies: readonly string[]
}

/** Every frame of some subsets with the places of its picture, the same every time. */
function* copiesOf(
  source: DatasetSource,
  subsets: readonly string[],
  context: WorkContext,
): Generator<Copies> {
  const all = flatLabels(source.labels).map(({ label }) => label)
  const folders = labelFolders(all)
  const names = new Map<LabelId, string>(all.map(({ id, name }) => [id, name]))
  const unique = createUniquePaths()
  for (const subset of subsets) {
    for (const { frame, annotations } of progressOf(source, context, 'apart', subset)) {
      const tagged = taggedLabels(annotations)
      const places = tagged.map((id) => folders.get(id) ?? NO_LABEL)
      yield {
        frame,
        labels: tagged.map((id) => names.get(id) ?? ''),
        copies: (places.length > 0 ? places : [NO_LABEL]).map((place) => unique(place, frame)),
      }
    }
  }
}

function taggedLabels(annotations: readonly Pick<Annotation, 'kind' | 'labelId'>[]): LabelId[] {
  const tags = annotations.filter(({ kind }) => kind === 'tag')
  return [...new Set(tags.map(({ labelId }) => labelId))]
}

/** Of pictures of one name in one folder the later ones are called `name.0.jpg`, `name.1.jpg` … */
function createUniquePaths(): (folder: string, frame: DatasetFrame) => string {
  const taken = new Set<string>()
  return (folder, { fileName }) => {
    const base = baseName(fileName)
    const stem = withoutExtension(base)
    let path = `${folder}/${base}`
    for (let n = 0; taken.has(path); n++) path = `${folder}/${stem}.${n}${base.slice(stem.length)}`
    taken.add(path)
    return path
  }
}
