import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { AttributeValue, Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { createItemIds } from '../item-ids.ts'
import { attributeValue } from '../label-index.ts'
import { progressOf, writeImages } from '../write-images.ts'
import type { Dialect } from './dialect.ts'
import { recordsOf } from './record-out.ts'

type FrameOfSource = ReturnType<DatasetSource['frames']> extends Iterable<infer F> ? F : never

/**
 * A JSON file beside where each picture is or would be; the pictures themselves on wish. Subsets other than `default` have
 * a folder each.
 */
export async function writeLabelFiles(
  dialect: Dialect,
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const idOf = createItemIds()
  const folder = (subset: string) => (subset === 'default' ? '' : `${subset}/`)
  for (const item of progressOf(source, context)) {
    const name = `${folder(item.frame.subset)}${idOf(item.frame)}.json`
    await output.text(name, [labelFileText(dialect, item, labels)])
  }
  if (withImages) {
    const nameOf = (frame: FrameOfSource['frame']) => folder(frame.subset) + frame.fileName
    await writeImages(source, output, context, nameOf)
  }
}

/** One picture's file, as the tools lay it out: a key a line. @param labels by id */
export function labelFileText(
  dialect: Dialect,
  { frame, annotations }: FrameOfSource,
  labels: ReadonlyMap<number, Label>,
): string {
  const shapes = annotations.filter((one): one is WovenShape => one.kind === 'shape')
  const tags = annotations.filter((one): one is Tag => one.kind === 'tag')
  let lastGroup = shapes.reduce((most, { group }) => Math.max(most, group), 0)
  const newGroup = () => ++lastGroup
  const { fileName, width, height, subset } = frame
  const details = tagDetails(tags, labels)
  const content = {
    flags: pictureFlags(tags, labels),
    shapes: shapes.flatMap((shape) => {
      const label = labels.get(shape.labelId)
      return label ? recordsOf(shape, label, { frame, dialect, newGroup }) : []
    }),
    imagePath: fileName.slice(fileName.lastIndexOf('/') + 1),
    width,
    height,
    extras: {
      ...(subset === 'default' ? {} : { subset }),
      ...(details.length > 0 ? { tags: details } : {}),
    },
  }
  return JSON.stringify(dialect.file(content), null, 2)
}

/** Tags by name: on where the picture has them, off for other labels that are only ever tags. */
function pictureFlags(
  tags: readonly Tag[],
  labels: ReadonlyMap<number, Label>,
): Record<string, boolean> {
  const flags: Record<string, boolean> = {}
  for (const { name, type } of labels.values()) if (type === 'tag') flags[name] = false
  for (const { labelId } of tags) {
    const label = labels.get(labelId)
    if (label) flags[label.name] = true
  }
  return flags
}

/** Of tags that are more than a name: with attributes, in a group, or one of several of a label. */
function tagDetails(tags: readonly Tag[], labels: ReadonlyMap<number, Label>): object[] {
  const ofLabel = Map.groupBy(tags, ({ labelId }) => labelId)
  return [...ofLabel].flatMap(([labelId, same]) => {
    const label = labels.get(labelId)
    const isPlain = same.length === 1 && same[0]?.group === 0 && same[0].attributes.length === 0
    if (!label || isPlain) return []
    return same.map(({ group, attributes }) => ({
      label: label.name,
      ...(group === 0 ? {} : { group }),
      ...(attributes.length === 0 ? {} : { attributes: tagValues(label, attributes) }),
    }))
  })
}

function tagValues(label: Label, values: readonly AttributeValue[]): Record<string, string> {
  return Object.fromEntries(
    label.attributes.map((spec) => [spec.name, attributeValue(spec, values)]),
  )
}
