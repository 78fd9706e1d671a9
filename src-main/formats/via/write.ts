import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { attributes, labelAttribute, ownAttributes, settings } from './project.ts'
import { type Region, regionsOf } from './regions.ts'
import { OCCLUDED, TAGS } from './words.ts'

const IMAGES = 'images/'

/**
 * A project of VIA 2 for each subset: `via_project.json`, and pictures in `images/`, where VIA looks for them. Sizes of
 * files are -1, which VIA takes for pictures it has yet to find.
 */
export async function writeVia(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const folder = (subset: string) => (source.subsets.join() === 'default' ? '' : `${subset}/`)
  const name = source.project?.project.name ?? source.task.name
  for (const subset of source.subsets) {
    const project = { name, subset, folder: withImages ? IMAGES : '' }
    await output.text(`${folder(subset)}via_project.json`, projectText(source, context, project))
  }
  if (!withImages) return
  const pathOf = (frame: { subset: string; fileName: string }) =>
    folder(frame.subset) + IMAGES + frame.fileName
  await writeImages(source, output, context, pathOf)
}

function* projectText(
  source: DatasetSource,
  context: WorkContext,
  { name, subset, folder }: { name: string; subset: string; folder: string },
): Generator<string> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const labelWord = labelAttribute(source.labels)
  yield `{"_via_settings":${JSON.stringify(settings(name, labelWord, folder))},"_via_img_metadata":{`
  const keys: string[] = []
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const key = JSON.stringify(`${frame.fileName}-1`)
    const image = {
      ...{ filename: frame.fileName, size: -1 },
      regions: regions(annotations, labels, labelWord),
      file_attributes: fileAttributes(annotations, labels),
    }
    yield `${keys.length > 0 ? ',' : ''}\n${key}:${JSON.stringify(image)}`
    keys.push(key)
  }
  yield `},"_via_attributes":${JSON.stringify(attributes(source.labels, labelWord))},`
  yield `"_via_data_format_version":"2.0.10","_via_image_id_list":[${keys.join(',')}]}\n`
}

type Labels = ReadonlyMap<number, Label>

function regions(
  annotations: readonly (Tag | WovenShape)[],
  labels: Labels,
  labelWord: string,
): Region[] {
  return annotations.flatMap((one, i) => {
    const label = labels.get(one.labelId)
    if (one.kind !== 'shape' || label === undefined) return []
    return regionsOf(one, regionAttributes(one, label, labelWord), i + 1)
  })
}

function regionAttributes(
  shape: WovenShape,
  label: Label,
  labelWord: string,
): Region['region_attributes'] {
  const specs = ownAttributes(label, labelWord)
  const own = specs.map((spec) => [spec.name, attributeValue(spec, shape.attributes)])
  const isTold = specs.some(({ name }) => name === OCCLUDED)
  return {
    [labelWord]: label.name,
    ...Object.fromEntries(own),
    ...(shape.occluded && !isTold ? { [OCCLUDED]: 'true' } : {}),
  }
}

/** The boxes to tick of a picture's tags. */
function fileAttributes(annotations: readonly (Tag | WovenShape)[], labels: Labels): unknown {
  const names = annotations.flatMap((one) => {
    const label = one.kind === 'tag' ? labels.get(one.labelId) : undefined
    return label === undefined ? [] : [[label.name, true]]
  })
  return names.length === 0 ? {} : { [TAGS]: Object.fromEntries(names) }
}
