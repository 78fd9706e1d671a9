import type {
  DatasetFrame,
  DatasetOutput,
  DatasetSource,
  NewAnnotation,
  WorkContext,
} from '#main/core/ports.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { folderNames } from '../common/folder-names.ts'
import { BACKGROUND, type ColoredLabel, coloredLabels } from '../common/label-colors.ts'
import { paintingOf } from '../common/paint/areas.ts'
import { createSharedIds, pictureName } from '../common/shared-ids.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { labelMapLines, vocColorNumber } from './label-map.ts'
import { writeMaskPair } from './masks-out.ts'
import { createXmlWriter, type WriteXml } from './xml-out.ts'

/**
 * PASCAL VOC 1.1 as CVAT writes it: rectangles in `Annotations/`, tags in `ImageSets/Main/`, masks and ellipses in
 * `SegmentationClass/` and `SegmentationObject/`. What is drawn as polygon has no place.
 */
export async function writeVoc(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = inMapOrder(source.labels)
  const idOf = createSharedIds()
  const host = createHost(source, labels)
  await output.text('labelmap.txt', labelMapLines(labels))
  for (const subset of source.subsets) {
    const lists = createLists(subset, labels)
    for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
      const id = idOf(frame)
      const hasMasks = await writeFrame(output, { id, frame, annotations }, host)
      lists.add(id, { annotations, hasMasks, labels: source.labels })
    }
    for (const [name, lines] of lists.files()) await output.text(name, lines)
  }
  if (withImages) {
    const nameOf = (frame: DatasetFrame) => `JPEGImages/${pictureName(idOf(frame), frame)}`
    await writeImages(source, output, context, nameOf)
  }
}

/** In the task's order, with the colours of their numbers; the background, which is nothing, comes first. */
function inMapOrder(labels: readonly Label[]): ColoredLabel[] {
  const all = coloredLabels(labels)
  const isBackground = ({ name }: ColoredLabel): boolean => name === BACKGROUND
  const inOrder = [...all.filter(isBackground), ...all.filter((label) => !isBackground(label))]
  return inOrder.map(({ name }, index) => ({ name, color: vocColorNumber(index) }))
}

/** What is the same for all frames. */
interface Host {
  readonly labels: ReadonlyMap<number, Label>
  readonly writeXml: WriteXml
  colorOf(labelId: number): number
}

function createHost(source: DatasetSource, mapped: readonly ColoredLabel[]): Host {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const colors = new Map(mapped.map(({ name, color }) => [name, color]))
  const colorOf = (labelId: number) => colors.get(labels.get(labelId)?.name ?? '') ?? 0
  return { labels, writeXml: createXmlWriter(), colorOf }
}

interface FrameOut {
  readonly id: string
  readonly frame: DatasetFrame
  readonly annotations: readonly (Tag | WovenShape)[]
}

/** @returns whether the frame has masks */
async function writeFrame(
  output: DatasetOutput,
  { id, frame, annotations }: FrameOut,
  { labels, writeXml, colorOf }: Host,
): Promise<boolean> {
  const shapes = annotations.filter((one) => one.kind === 'shape')
  const boxes = shapes.flatMap((shape) => {
    const label = labels.get(shape.labelId)
    return shape.type === 'rectangle' && label !== undefined ? [{ shape, label }] : []
  })
  const painting = paintingOf(shapes.filter(isMask), frame, 'apart')
  const hasMasks = painting.areas.length > 0
  const picture = { id, fileName: pictureName(id, frame), frame, hasMasks }
  await output.text(`Annotations/${id}.xml`, [writeXml(picture, boxes)])
  if (hasMasks) await writeMaskPair(output, id, painting, { colorOf, background: 0 })
  return hasMasks
}

function isMask({ type }: Shape): boolean {
  return type === 'mask' || type === 'ellipse'
}

interface Lists {
  add(
    id: string,
    frame: {
      readonly annotations: readonly Pick<NewAnnotation, 'kind' | 'labelId'>[]
      readonly hasMasks: boolean
      readonly labels: readonly Label[]
    },
  ): void
  /** Names of entries and their lines; empty ones are not written, but for the list of all frames. */
  files(): Iterable<readonly [name: string, lines: Iterable<string>]>
}

/** The lists of a subset. As in CVAT, frames without any annotation are on all of them. */
function createLists(subset: string, labels: readonly ColoredLabel[]): Lists {
  const [all, segmented, empty]: string[][] = [[], [], []]
  const tagged: { readonly id: string; readonly names: ReadonlySet<string> }[] = []
  const files = folderNames(labels.map(({ name }) => name))
  return {
    add(id, { annotations, hasMasks, labels: own }) {
      all?.push(`${id}\n`)
      if (annotations.length === 0) empty?.push(`${id}\n`)
      if (hasMasks || annotations.length === 0) segmented?.push(`${id}\n`)
      const tags = annotations.filter(({ kind }) => kind === 'tag')
      if (tags.length === 0) return
      const nameOf = (labelId: number) => own.find((label) => label.id === labelId)?.name ?? ''
      tagged.push({ id, names: new Set(tags.map(({ labelId }) => nameOf(labelId))) })
    },
    *files() {
      yield [`ImageSets/Main/${subset}.txt`, all ?? []]
      for (const { name } of tagged.length > 0 ? labels : []) {
        const lines = tagged.map(({ id, names }) => `${id} ${names.has(name) ? ' 1' : '-1'}\n`)
        yield [`ImageSets/Main/${files.get(name) ?? name}_${subset}.txt`, lines]
      }
      for (const [task, list] of [
        ['Segmentation', segmented],
        ['Action', empty],
        ['Layout', empty],
      ] as const) {
        if (list && list.length > 0) yield [`ImageSets/${task}/${subset}.txt`, list]
      }
    },
  }
}
