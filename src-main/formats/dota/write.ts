import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { smallestRectangle } from '#shared/geometry/smallest-rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { pythonFloat } from '../common/decimals.ts'
import { attributeValue } from '../common/label-index.ts'
import { createTwinNames } from '../common/twin-names.ts'
import { numberOf } from '../common/typed-values.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { CLASSES, classNames } from './classes.ts'

const CORNERS = 8

/** DOTA: `labelTxt/` with a text file for each frame, `images/` on wish; in a folder for each subset where there are several. */
export async function writeDota(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const names = source.labels.map(({ name }) => name)
  const written = classNames(names)
  await output.text(
    CLASSES,
    names.map((name) => `${name}\n`),
  )
  const labels = new Map(
    source.labels.map((label) => [
      label.id as number,
      { label, name: written.get(label.name) ?? '-' },
    ]),
  )
  const root = (subset: string) => (source.subsets.join() === 'default' ? '' : `${subset}/`)
  const pictureName = createTwinNames(source)
  for (const { frame, annotations } of progressOf(source, context)) {
    const lines = annotations.flatMap((one) => {
      const known = labels.get(one.labelId)
      const corners = known === undefined ? null : cornersOf(one)
      return known === undefined || corners === null
        ? []
        : `${corners.map(fixed4).join(' ')} ${known.name} ${difficulty(one, known.label)}\n`
    })
    const name = withoutExtension(pictureName(frame))
    await output.text(`${root(frame.subset)}labelTxt/${name}.txt`, lines)
  }
  if (!withImages) return
  const pathOf = (frame: DatasetFrame) => `${root(frame.subset)}images/${pictureName(frame)}`
  await writeImages(source, output, context, pathOf)
}

/** Four corners, of a rectangle from its top left one clockwise before it is turned; null for what has none. */
function cornersOf(one: Tag | WovenShape): readonly number[] | null {
  if (one.kind !== 'shape') return null
  if (one.type === 'rectangle') return rectangleToPolygon(one.points, one.rotation)
  if (one.type !== 'polygon') return null
  if (one.points.length === CORNERS) return one.points
  const { points, rotation } = smallestRectangle(one.points)
  return rectangleToPolygon(points, rotation)
}

/** To a ten-thousandth of a pixel: a short edge turns by little then. */
function fixed4(x: number): string {
  return pythonFloat(Math.round(x * 1e4) / 1e4)
}

function difficulty(one: Tag | WovenShape, label: Label): number {
  const spec = label.attributes.find(({ name }) => name === 'difficult')
  if (spec === undefined) return 0
  const text = attributeValue(spec, one.attributes)
  const grade = text === 'true' ? 1 : (numberOf(text) ?? 0)
  return Math.max(0, Math.trunc(grade))
}
