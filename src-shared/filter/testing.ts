/** What the filter's tests look at: two labels with attributes, and annotations of every kind. */
import type { Shape, Tag, Track } from '../domain/annotation.ts'
import type { AnnotationId, AttributeId, LabelId } from '../domain/ids.ts'
import type { AttributeSpec, Label } from '../domain/label.ts'

const spec = (id: number, name: string, defaultValue: string): AttributeSpec => ({
  id: id as AttributeId,
  name,
  inputType: 'text',
  mutable: true,
  defaultValue,
  values: [],
})
const label = (id: number, name: string, attributes: AttributeSpec[]): Label => ({
  id: id as LabelId,
  name,
  color: '#000000',
  type: 'any',
  attributes,
  svg: null,
  sublabels: [],
})

export const car = label(1, 'car', [
  spec(1, 'color', 'white'),
  spec(2, 'speed', ''),
  spec(3, 'parked', 'false'),
  spec(4, 'limit', '50'),
])
export const bus = label(2, 'Bus', [spec(5, 'color', 'yellow')])
export const labels: readonly Label[] = [car, bus]

const common = {
  id: 7 as AnnotationId,
  frame: 3,
  labelId: car.id,
  group: 0,
  source: 'manual',
  attributes: [],
} as const

/** A car, 40 x 20, at (10, 10). */
export function shape(fields: Partial<Shape> = {}): Shape {
  return {
    kind: 'shape',
    ...common,
    attributes: [],
    type: 'rectangle',
    points: [10, 10, 50, 30],
    rotation: 0,
    occluded: false,
    zOrder: 0,
    score: null,
    elements: [],
    ...fields,
  }
}

export const tag: Tag = { kind: 'tag', ...common, attributes: [] }

/** A car seen on frames 3 to 8: 40 wide at first, occluded from 6 on, gone at 9. */
export const track: Track = {
  kind: 'track',
  ...common,
  attributes: [],
  type: 'rectangle',
  keyframes: [3, 6, 9].map((frame) => ({
    frame,
    points: [10, 10, 50, 30],
    rotation: 0,
    occluded: frame >= 6,
    outside: frame === 9,
    zOrder: 0,
    attributes: [],
    elements: [],
  })),
}

/** Attribute values by the ids above. */
export function attributes(values: Readonly<Record<number, string>>) {
  return Object.entries(values).map(([id, value]) => ({ specId: Number(id) as AttributeId, value }))
}
