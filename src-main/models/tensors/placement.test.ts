import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imagePoint, imageX, imageY, type PlacementRule, place } from './placement.ts'

const rule: PlacementRule = {
  ...{ fit: 'letterbox', width: 640, height: 640, rounding: 'even', cropShare: null },
}

describe('where a picture comes to lie', () => {
  // Left, top, width and height as Ultralytics' LetterBox, YOLOX' preproc and torchvision's CenterCrop have them.
  test.each<[string, [number, number], Partial<PlacementRule>, [number, number, number, number]]>([
    ['a wide letterbox', [1280, 720], {}, [0, 140, 640, 360]],
    ['one whose padding is odd: the odd pixel goes below', [301, 200], {}, [0, 107, 640, 425]],
    ['a tall one', [97, 233], {}, [187, 0, 266, 640]],
    ['half a pixel goes to the even side', [1280, 725], {}, [0, 139, 640, 362]],
    ['YOLOX cuts', [1280, 725], { fit: 'letterbox-corner', rounding: 'down' }, [0, 0, 640, 362]],
    ['SAM rounds up', [1280, 725], { fit: 'letterbox-corner', rounding: 'up' }, [0, 0, 640, 363]],
    ['a line is a pixel high', [4000, 1], {}, [0, 319, 640, 1]],
    ['stretched', [1280, 720], { fit: 'stretch', height: 320 }, [0, 0, 640, 320]],
    ['the middle of it', [1280, 720], { fit: 'crop', cropShare: 1 }, [-248, 0, 1137, 640]],
    [
      '224 of 256',
      [500, 375],
      { fit: 'crop', width: 224, height: 224, cropShare: 0.875 },
      [-58, -16, 341, 256],
    ],
  ])('%s', (_name, [width, height], more, [left, top, w, h]) => {
    const placement = place({ width, height }, { ...rule, ...more })
    expect(placement).toMatchObject({ left, top, width: w, height: h })
  })

  test('the middle square first', () => {
    const placement = place({ width: 11, height: 6 }, { ...rule, fit: 'crop' })
    expect(placement.source).toEqual({ left: 2, top: 0, right: 8, bottom: 6 })
    expect(imageX(placement, 0)).toBe(2)
    expect(imageX(placement, 640)).toBe(8)
  })
})

test('whatever the fit, points come back to where they were', () => {
  const side = fc.integer({ min: 1, max: 5000 })
  const fit = fc.constantFrom('letterbox', 'letterbox-corner', 'stretch', 'crop')
  const share = fc.option(fc.double({ min: 0.3, max: 1, noNaN: true }), { nil: null })
  const fraction = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      ...[side, side, fit, share, fraction, fraction],
      (width, height, kind, cropShare, u, v) => {
        const placement = place({ width, height }, { ...rule, fit: kind, cropShare })
        const [x, y] = [u * width, v * height]
        const modelX = (x - placement.source.left) * placement.scaleX + placement.left
        const modelY = (y - placement.source.top) * placement.scaleY + placement.top
        expect(imagePoint(placement, modelX, modelY)[0]).toBeCloseTo(x, 6)
        expect(imagePoint(placement, modelX, modelY)[1]).toBeCloseTo(y, 6)
      },
    ),
  )
})

test('boxes end where the picture does', () => {
  const placement = place({ width: 100, height: 50 }, rule)
  expect([imageX(placement, -5), imageX(placement, 1e9)]).toEqual([0, 100])
  expect([imageY(placement, 0), imageY(placement, 640)]).toEqual([0, 50])
})

test('a size that is decided already is padded, and not enlarged to what is left', () => {
  const rule = { fit: 'letterbox-corner', rounding: 'even', cropShare: null } as const
  const content = { width: 500, height: 375, scale: 1 }
  expect(
    place({ width: 500, height: 375 }, { ...rule, width: 512, height: 384, content }),
  ).toMatchObject({ width: 500, height: 375, left: 0, top: 0, scaleX: 1, scaleY: 1 })
})
