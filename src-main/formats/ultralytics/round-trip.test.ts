import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFormat, NewAnnotation } from '#main/core/ports.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { polygonsToMask } from '#shared/geometry/mask-raster.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import { exported, imported, inputOf, labels, videoOf } from '../testkit/sample.ts'
import {
  ultralyticsDetection as detection,
  ultralyticsDetectionTrack as detectionTrack,
  ultralyticsOrientedBoxes as oriented,
  ultralyticsPose as pose,
  ultralyticsSegmentation as segmentation,
} from './index.ts'

/** Half a millionth of the largest picture, twice, and a little. */
const CLOSE = 1e-4

async function backAndForth(format: DatasetFormat, annotations: readonly NewAnnotation[]) {
  const { annotations: back } = await imported(format, inputOf(await exported(format, annotations)))
  return back as NewShape[]
}

function expectClose(found: readonly number[], expected: readonly number[], within = CLOSE): void {
  expect(found).toHaveLength(expected.length)
  for (const [i, n] of expected.entries())
    expect(Math.abs((found[i] ?? NaN) - n)).toBeLessThan(within)
}

/** In the order of the file. */
function byFrame(shapes: readonly NewShape[]): NewShape[] {
  return shapes.map((shape) => ({ ...shape, zOrder: 0 })).sort((a, b) => a.frame - b.frame)
}

const far = fc.integer({ min: -20_000, max: 20_000 }).map((n) => n / 100)
const anyBox = fc
  .tuple(far, far, far, far)
  .map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)])
const farBoxes = fc.array(
  fc.tuple(anyShape(['rectangle']), anyBox).map(([shape, points]) => ({ ...shape, points })),
  { maxLength: 8 },
)

describe('comes back with label and place', () => {
  test('upright boxes, partly or wholly beside the picture too', async () => {
    await fc.assert(
      fc.asyncProperty(farBoxes, async (shapes) => {
        const upright = byFrame(shapes).map((shape) => ({ ...shape, rotation: 0 }))
        const back = await backAndForth(detection, upright)
        expect(back).toHaveLength(upright.length)
        for (const [i, { frame, labelId, points }] of upright.entries()) {
          expect(back[i]).toMatchObject({ frame, labelId, type: 'rectangle', rotation: 0 })
          expectClose(back[i]?.points ?? [], points)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('turned boxes, corner for corner', async () => {
    await fc.assert(
      fc.asyncProperty(farBoxes, async (shapes) => {
        const turned = byFrame(shapes)
        const back = await backAndForth(oriented, turned)
        expect(back).toHaveLength(turned.length)
        for (const [i, { frame, labelId, points, rotation }] of turned.entries()) {
          const found = back[i] ?? newShape({ frame: 0, labelId, type: 'rectangle', points: [] })
          expect(found).toMatchObject({ frame, labelId, type: 'rectangle' })
          const corners = rectangleToPolygon(found.points, found.rotation)
          expectClose(corners, rectangleToPolygon(points, rotation), 1e-3)
        }
      }),
      { numRuns: 60 },
    )
  })

  test.each([0, 30, 90, 135, 180, 200, 270, 359])(
    'a turn of %d degrees is the turn it was',
    async (rotation) => {
      const labelId = labels[0]?.id as LabelId
      const points = [5, 10, 45, 20]
      const [back] = await backAndForth(oriented, [
        newShape({ frame: 1, labelId, type: 'rectangle', points, rotation }),
      ])
      expect(back?.rotation).toBeCloseTo(rotation, 3)
      expectClose(back?.points ?? [], points, 1e-3)
    },
  )

  test('polygons', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyShape(['polygon']), { maxLength: 8 }), async (shapes) => {
        const polygons = byFrame(shapes)
        const back = await backAndForth(segmentation, polygons)
        expect(back).toHaveLength(polygons.length)
        for (const [i, { frame, labelId, points }] of polygons.entries()) {
          expect(back[i]).toMatchObject({ frame, labelId, type: 'polygon' })
          expectClose(back[i]?.points ?? [], points)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('masks, as outlines that enclose the same pixels', async () => {
    await fc.assert(
      fc.asyncProperty(anyShape(['mask']), async (mask) => {
        const back = await backAndForth(segmentation, [mask])
        const [width, height] = mask.frame === 0 ? [20, 12] : [64, 48]
        // Corners of pixels are whole numbers, which six decimals hold.
        const outlines = back.map(({ points }) => ({ outer: points.map(Math.round), holes: [] }))
        expect(polygonsToMask(outlines, width, height)).toEqual(mask.points)
      }),
      { numRuns: 60 },
    )
  })

  test('skeletons, joint for joint', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyShape(['skeleton']), { maxLength: 8 }), async (shapes) => {
        const skeletons = byFrame(shapes)
        const back = await backAndForth(pose, skeletons)
        expect(back).toHaveLength(skeletons.length)
        for (const [i, { frame, labelId, elements, occluded }] of skeletons.entries()) {
          expect(back[i]).toMatchObject({ frame, labelId, type: 'skeleton', occluded })
          for (const [k, joint] of elements.entries()) {
            const found = back[i]?.elements[k]
            expect(found?.labelId).toBe(joint.labelId)
            expect(found?.outside).toBe(joint.outside)
            // What is outside cannot be occluded as well.
            expect(found?.occluded).toBe(joint.occluded && !joint.outside)
            expectClose(found?.points ?? [], joint.points)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('tracks are joined again by their numbers: what is seen on a frame is what was', async () => {
  const video = videoOf(9)
  const tracks = fc.array(anyTrack(['rectangle'], 9, []), { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(tracks, async (originals) => {
      const upright = originals.map((track) => ({
        ...track,
        keyframes: track.keyframes.map((keyframe) => ({ ...keyframe, rotation: 0 })),
      }))
      const files = await exported(detectionTrack, upright, false, undefined, video)
      const { annotations } = await imported(detection, inputOf(files), video)
      expect(annotations.every(({ kind }) => kind === 'track')).toBe(true)
      expect(annotations).toHaveLength(upright.length)
      const again = await exported(detectionTrack, annotations, false, undefined, video)
      const lines = (all: Map<string, Uint8Array>) =>
        [...all].map(([name, data]) => [name, Buffer.from(data).toString().split('\n').sort()])
      expect(lines(again)).toEqual(lines(files))
    }),
    { numRuns: 40 },
  )
})
