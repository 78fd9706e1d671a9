/** From the objects of a picture's file to shapes. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { readBuiltIns, readValues } from '../common/read-attributes.ts'
import type { TrackedShapes } from '../common/tracked-shapes.ts'
import { numberOf } from '../common/typed-values.ts'
import type { VocObject } from './annotation-file.ts'
import type { VocLabel } from './label-map.ts'

export interface ObjectsHost {
  readonly tally: ImportTally
  readonly tracks: TrackedShapes
  /** What the label map says of a label. */
  readonly vocLabels: ReadonlyMap<string, VocLabel>
}

/**
 * Shapes of a frame; those of tracks wait in `tracks`. An object and its parts are a group, numbered anew on each frame.
 * Boxes are taken as they are: the data set's own count pixels from 1, which CVAT does not put right either.
 */
export function shapesOf(
  objects: readonly VocObject[],
  frame: DatasetFrame,
  host: ObjectsHost,
): NewShape[] {
  const shapes: NewShape[] = []
  for (const [index, object] of objects.entries()) {
    const label = host.tally.label(object.name)
    const group = object.parts.length > 0 ? index + 1 : 0
    const shape = label === null ? null : objectShape(object, { frame, label, group }, host)
    if (shape !== null) shapes.push(shape)
    for (const part of object.parts) {
      const partLabel = host.tally.label(part.name)
      if (partLabel === null) continue
      if (part.form === null) noteFormless(host)
      else {
        const place = { type: part.form.type, points: part.form.points }
        shapes.push(newShape({ frame: frame.index, labelId: partLabel.id, group, ...place }))
      }
    }
  }
  return renumberGroups(shapes)
}

function noteFormless({ tally }: ObjectsHost): void {
  tally.note('objects without a box were left out')
}

/** Null for one without a place, and for one that is its track's. */
function objectShape(
  object: VocObject,
  { frame, label, group }: { frame: DatasetFrame; label: Label; group: number },
  host: ObjectsHost,
): NewShape | null {
  const { form } = object
  if (form === null) {
    noteFormless(host)
    return null
  }
  const attributes = withActions(object, host.vocLabels.get(object.name))
  const { occluded, rotation, source, score, track } = readBuiltIns(attributes)
  const shape = newShape({
    ...{ frame: frame.index, labelId: label.id, type: form.type, points: form.points },
    ...{ occluded, source, score, group, rotation: form.rotation ?? rotation },
    attributes: valuesOf(attributes, label, host.tally),
  })
  const isTracked = track !== null && host.tracks.add(track, shape, label)
  return isTracked ? null : shape
}

/** Of a label with actions an object does not do what it does not name. */
function withActions(object: VocObject, voc: VocLabel | undefined): Record<string, unknown> {
  const declared = object.hasActions ? (voc?.actions ?? []) : []
  return Object.assign(
    Object.create(null),
    Object.fromEntries(declared.map((name) => [name, false])),
    object.attributes,
  )
}

/** The file has numbers as Python prints them: `5.0` is 5. */
function valuesOf(
  attributes: Readonly<Record<string, unknown>>,
  label: Label,
  tally: ImportTally,
): AttributeValue[] {
  return readValues(attributes, label, tally).map((value) => {
    const spec = label.attributes.find(({ id }) => id === value.specId)
    const number = spec?.inputType === 'number' ? numberOf(value.value) : null
    return number === null ? value : { ...value, value: String(number) }
  })
}
