import type { Mat } from '@techstark/opencv-js'
import type { RgbPicture } from '../../core/ports.ts'
import type { Cv } from './opencv.ts'
import { type Part, partAround, withMat } from './picture-mat.ts'

interface Scissors {
  setEdgeFeatureCannyParameters(low: number, high: number): void
  setGradientMagnitudeMaxLimit(limit: number): void
  applyImage(image: Mat): void
  buildMap(from: object): void
  getContour(to: object, contour: Mat): void
  delete(): void
}

/**
 * Intelligent scissors (Mortensen and Barrett, SIGGRAPH 1995) as OpenCV has them: the cheapest way along edges. What is
 * known of the ways from one point is kept, so that following the pointer costs next to nothing.
 */
export function createScissors(cv: Cv) {
  let scissors: Scissors | undefined
  let known = ''
  let part: Part = { left: 0, top: 0, right: 0, bottom: 0 }

  function look(picture: RgbPicture, key: string, from: readonly [number, number], reach: number) {
    const [x, y] = from
    const wanted = `${key} ${Math.floor(x)} ${Math.floor(y)} ${reach}`
    if (scissors && known === wanted) return scissors
    scissors?.delete()
    const made = new (
      cv as unknown as { segmentation_IntelligentScissorsMB: new () => Scissors }
    ).segmentation_IntelligentScissorsMB()
    scissors = made
    known = wanted
    made.setEdgeFeatureCannyParameters(32, 100)
    made.setGradientMagnitudeMaxLimit(200)
    part = partAround([x, y, x, y], reach, picture)
    withMat(cv, picture, part, Number.POSITIVE_INFINITY, (image) => {
      made.applyImage(image)
      made.buildMap(pixelOf(x, y))
    })
    return made
  }

  const inside = (value: number, first: number, end: number) =>
    Math.max(0, Math.min(end - first - 1, Math.floor(value) - first))
  const pixelOf = (x: number, y: number) =>
    new cv.Point(inside(x, part.left, part.right), inside(y, part.top, part.bottom))

  /** @returns flat, both ends included as given; pixels in between by their centres */
  return function path(
    picture: RgbPicture,
    key: string,
    from: readonly [number, number],
    to: readonly [number, number],
    reach: number,
  ): number[] {
    const ways = look(picture, key, from, reach)
    const contour = new cv.Mat()
    try {
      ways.getContour(pixelOf(to[0], to[1]), contour)
      const { data32S } = contour
      const points: number[] = [...from]
      for (let i = 2; i + 3 < data32S.length; i += 2)
        points.push((data32S[i] ?? 0) + part.left + 0.5, (data32S[i + 1] ?? 0) + part.top + 0.5)
      points.push(...to)
      return points
    } finally {
      contour.delete()
    }
  }
}
