/** Random annotations of every shape type, valid and within the sample's frames. */
import fc from 'fast-check'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeValue, ShapeType, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { frames, labels } from './sample.ts'

/** Hundredths of a pixel: what every format keeps. */
const x = fc.integer({ min: 0, max: 2000 }).map((n) => n / 100)
const y = fc.integer({ min: 0, max: 1200 }).map((n) => n / 100)
const pairs = (least: number) =>
  fc.array(fc.tuple(x, y), { minLength: least, maxLength: 8 }).map((points) => points.flat())

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replace(/\p{C}/gu, ''))

function valuesFor(label: Sublabel): fc.Arbitrary<AttributeValue[]> {
  const specs = label.attributes.map((spec) => {
    const value =
      spec.inputType === 'checkbox'
        ? fc.constantFrom('true', 'false')
        : spec.inputType === 'number'
          ? fc.integer({ min: 0, max: 10 }).map(String)
          : spec.inputType === 'select'
            ? fc.constantFrom(...spec.values)
            : text
    return value.map((chosen) => ({ specId: spec.id, value: chosen }))
  })
  return fc.tuple(...specs)
}

const mask = fc
  .record({
    left: fc.integer({ min: 0, max: 14 }),
    top: fc.integer({ min: 0, max: 7 }),
    bits: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  })
  .map(({ left, top, bits }) =>
    encodeMask({ left, top, width: 6, height: 5, data: Uint8Array.from(bits, Number) }),
  )
  .filter((points) => points !== null)

const box = fc
  .tuple(x, y, x, y)
  .map(([x1, y1, x2, y2]) => [
    Math.min(x1, x2),
    Math.min(y1, y2),
    Math.max(x1, x2),
    Math.max(y1, y2),
  ])

const ellipse = fc
  .tuple(fc.integer({ min: 4, max: 15 }), fc.integer({ min: 4, max: 8 }), x, y)
  .map(([cx, cy, rx, ry]) => [cx, cy, cx + Math.ceil(rx) / 4, cy - Math.ceil(ry) / 4])

const points: Readonly<Record<ShapeType, fc.Arbitrary<number[]>>> = {
  rectangle: box,
  polygon: pairs(3),
  polyline: pairs(2),
  points: pairs(1),
  ellipse,
  cuboid: fc.array(x, { minLength: 16, maxLength: 16 }),
  mask,
  skeleton: fc.constant([]),
}

function elementsOf(sublabels: readonly Sublabel[]): fc.Arbitrary<SkeletonElement[]> {
  return fc.tuple(
    ...sublabels.map((label) =>
      fc.record({
        labelId: fc.constant(label.id),
        points: fc.tuple(x, y).map((point) => [...point]),
        occluded: fc.boolean(),
        outside: fc.boolean(),
        attributes: valuesFor(label),
      }),
    ),
  )
}

/** Labels a shape of this type may carry. */
function labelsFor(type: ShapeType) {
  return fc.constantFrom(
    ...labels.filter((label) => (label.type === 'skeleton') === (type === 'skeleton')),
  )
}

export function anyShape(types: readonly ShapeType[]): fc.Arbitrary<NewShape> {
  return fc.constantFrom(...types).chain((type) =>
    labelsFor(type).chain((label) =>
      fc
        .record({
          frame: fc.integer({ min: 0, max: frames.length - 1 }),
          points: points[type],
          rotation:
            type === 'rectangle' || type === 'ellipse'
              ? fc.integer({ min: 0, max: 359 })
              : fc.constant(0),
          occluded: fc.boolean(),
          group: fc.integer({ min: 0, max: 3 }),
          source: fc.constantFrom('manual', 'auto', 'semi-auto', 'file'),
          zOrder: fc.integer({ min: -2, max: 2 }),
          attributes: valuesFor(label),
          elements: elementsOf(type === 'skeleton' ? label.sublabels : []),
        })
        .map((fields) => {
          // A skeleton is as occluded as its joints are.
          const occluded =
            type === 'skeleton' ? isOccludedByJoints(fields.elements) : fields.occluded
          return newShape({ ...fields, occluded, labelId: label.id, type })
        }),
    ),
  )
}

export function anyTag(): fc.Arbitrary<NewAnnotation> {
  return fc.constantFrom(...labels).chain((label) =>
    fc
      .record({
        frame: fc.integer({ min: 0, max: frames.length - 1 }),
        group: fc.integer({ min: 0, max: 3 }),
        source: fc.constantFrom('manual' as const, 'auto' as const),
        attributes: valuesFor(label),
      })
      .map((fields) => ({ kind: 'tag' as const, ...fields, labelId: label.id })),
  )
}

/** In the order files keep: by frame, shapes by z-order before tags. */
export function inFileOrder(annotations: readonly NewAnnotation[]): NewAnnotation[] {
  const rank = (a: NewAnnotation): number => (a.kind === 'shape' ? a.zOrder : 1000)
  return [...annotations].sort((a, b) => a.frame - b.frame || rank(a) - rank(b))
}
