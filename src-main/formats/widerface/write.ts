import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'
import { flatLabels } from '../common/label-index.ts'
import { progressOf } from '../common/write-images.ts'
import { pythonText, writtenValue } from '../common/written-values.ts'
import { ATTRIBUTES, FACE, NONE } from './lines.ts'

/** Folder of pictures without a tag. */
export const NO_LABEL = 'no_label'

/** WiderFace 1.0 as CVAT writes it: a list of boxes for each subset, pictures in a folder for their first tag. */
export async function writeWiderFace(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  await output.text('labels.txt', [
    flatLabels(source.labels)
      .map(({ label }) => label.name)
      .join('\n'),
  ])
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const folderOf = createFolders(source.labels)
  for (const subset of source.subsets) {
    const pictures: [DatasetFrame, path: string][] = []
    const entry = `wider_face_split/wider_face_${subset}_bbx_gt.txt`
    await output.text(entry, lines())
    for (const [frame, path] of pictures) {
      const picture = await source.image(frame)
      if (picture !== null) await output.bytes(`WIDER_${subset}/images/${path}`, picture, false)
    }

    function* lines(): Generator<string> {
      for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
        const tag = annotations.find(({ kind }) => kind === 'tag')
        const path = `${folderOf(tag?.labelId)}/${frame.fileName}`
        if (withImages) pictures.push([frame, path])
        const boxes = annotations.flatMap((one) => {
          const label = labels.get(one.labelId)
          const isBox = one.kind === 'shape' && one.type === 'rectangle' && label !== undefined
          return isBox ? [boxLine(one, label)] : []
        })
        yield `${path}\n${boxes.length > 0 ? `${boxes.length}\n` : ''}${boxes.join('')}`
      }
    }
  }
}

/** `3--dog`: the label's number in the list, from 0, and its name. */
export function eventFolder(number: number, name: string): string {
  return `${number}--${name.replace(/[/\\]/g, '_')}`
}

function createFolders(labels: readonly Label[]): (labelId: number | undefined) => string {
  const folders = new Map(
    flatLabels(labels).map(({ label }, index) => [
      label.id as number,
      eventFolder(index, label.name),
    ]),
  )
  return (labelId) => (labelId === undefined ? undefined : folders.get(labelId)) ?? NO_LABEL
}

function boxLine(box: WovenShape, label: Label): string {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box.points.map(round2)
  const place = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)]
  const numbers = place.map((n) => pythonFloat(round2(n)))
  const attributes = ATTRIBUTES.map((name) => attributeField(name, box, label))
  return `${[...numbers, ...attributes].join(' ')} ${label.name === FACE ? '' : label.name}\n`
}

/** Fields are parted by blanks, so that a text's own become underscores. */
function attributeField(name: string, box: WovenShape, label: Label): string {
  if (name === 'occluded') return pythonText(box.occluded)
  const spec = label.attributes.find((each) => each.name === name)
  if (spec === undefined) return NONE
  return writtenValue(spec, box.attributes).replace(/\s/g, '_') || NONE
}
