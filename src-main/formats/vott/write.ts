import { createHash } from 'node:crypto'
import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { drawingsOf, regionOf } from './regions-out.ts'

const FOLDER = 'vott-json-export/'
const VERSION = '2.2.0'
/** VoTT's numbers: a picture; one that somebody looked at, one that has regions. */
const [IMAGE, VISITED, TAGGED] = [1, 1, 2]

/** VoTT 2: `vott-json-export/<name>-export.json` with the pictures beside it, in a folder for each subset where there are several. */
export async function writeVott(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const root = (subset: string) =>
    (source.subsets.join() === 'default' ? '' : `${subset}/`) + FOLDER
  const name = source.project?.project.name ?? source.task.name
  const fileName = name.trim().replace(/[\s/\\:*?"<>|]+/g, '-') || 'fieldmark'
  for (const subset of source.subsets) {
    await output.text(
      `${root(subset)}${fileName}-export.json`,
      document(source, context, { name, subset }),
    )
  }
  if (!withImages) return
  const pathOf = (frame: DatasetFrame) => root(frame.subset) + frame.fileName
  await writeImages(source, output, context, pathOf)
}

function* document(
  source: DatasetSource,
  context: WorkContext,
  { name, subset }: { name: string; subset: string },
): Generator<string> {
  const head = {
    ...{ name, securityToken: '', videoSettings: { frameExtractionRate: 15 } },
    tags: source.labels.map((label) => ({ name: label.name, color: label.color })),
    id: hash(`${name}/${subset}`).slice(0, 9),
    activeLearningSettings: { autoDetect: false, predictTag: true, modelPathType: 'coco' },
    version: VERSION,
  }
  yield `${JSON.stringify(head).slice(0, -1)},"assets":{`
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  let comma = ''
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const id = hash(pathOf(frame))
    const regions = regionsOf(annotations, labels, id)
    const asset = { asset: assetOf(frame, id, regions.length > 0), regions, version: VERSION }
    yield `${comma}\n${JSON.stringify(id)}:${JSON.stringify(asset)}`
    comma = ','
  }
  yield '\n}}\n'
}

function pathOf({ fileName }: DatasetFrame): string {
  return `file:${encodeURI(fileName)}`
}

/** VoTT calls assets by the hash of their path. */
function hash(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

function assetOf(frame: DatasetFrame, id: string, isTagged: boolean): unknown {
  const { fileName, width, height } = frame
  return {
    format: fileName.slice(withoutExtension(fileName).length + 1),
    ...{ id, name: fileName, path: pathOf(frame), size: { width, height } },
    ...{ state: isTagged ? TAGGED : VISITED, type: IMAGE },
  }
}

function regionsOf(
  annotations: readonly (Tag | WovenShape)[],
  labels: ReadonlyMap<number, Label>,
  asset: string,
): unknown[] {
  const drawn = annotations.flatMap((one, i) => {
    const label = labels.get(one.labelId)
    if (one.kind !== 'shape' || label === undefined) return []
    const facts = factsOf(one, label)
    return drawingsOf(one, i + 1).map((drawing) => ({ drawing, tag: label.name, facts }))
  })
  return drawn.map(({ drawing, tag, facts }, i) =>
    regionOf(drawing, { id: `${asset.slice(0, 6)}${i + 1}`, tag, facts }),
  )
}

function factsOf(shape: WovenShape, { attributes }: Label): Record<string, unknown> {
  const values = attributes.map((spec) => [spec.name, attributeValue(spec, shape.attributes)])
  return {
    ...(shape.occluded ? { occluded: true } : {}),
    ...(values.length > 0 ? { attributes: Object.fromEntries(values) } : {}),
  }
}
