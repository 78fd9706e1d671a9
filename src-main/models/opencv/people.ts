import { type Detection, detection } from '#shared/domain/detection.ts'
import type { ParameterValues } from '#shared/domain/function.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Cv } from './opencv.ts'
import { wholeOf, withMat } from './picture-mat.ts'

/** Its window is 128 pixels high: people as high as an eighth of the picture are found at this size. */
const LONGEST_SIDE = 1024
const WINDOW = { width: 64, height: 128 }
/** The window has this share of margin around the person it was taught with. */
const MARGIN_X = 0.14
const MARGIN_Y = 0.06
/** Boxes that overlap more than this are one person. */
const SAME_PERSON = 0.4

/**
 * People who stand upright, by histograms of oriented gradients (Dalal and Triggs, CVPR 2005) with the weights OpenCV brings.
 * The score is the logistic function of the distance from the separating plane: a ranking, no probability.
 */
export function findPeople(cv: Cv, picture: RgbPicture, parameters: ParameterValues): Detection[] {
  const threshold = Number(parameters.threshold ?? 0.6)
  return withMat(cv, picture, wholeOf(picture), LONGEST_SIDE, (image, scale) => {
    if (image.cols < WINDOW.width || image.rows < WINDOW.height) return []
    const found = scan(cv, image)
      .filter(({ score }) => score >= threshold)
      .sort((a, b) => b.score - a.score)
    const kept: typeof found = []
    for (const one of found)
      if (kept.every((other) => overlap(one.box, other.box) <= SAME_PERSON)) kept.push(one)
    return kept.map(({ box: [x1, y1, x2, y2], score }) =>
      detection({
        label: 'person',
        type: 'rectangle',
        points: [
          Math.max(0, x1 / scale),
          Math.max(0, y1 / scale),
          Math.min(picture.width, x2 / scale),
          Math.min(picture.height, y2 / scale),
        ],
        score,
      }),
    )
  })
}

type Box = readonly [number, number, number, number]

function scan(cv: Cv, image: InstanceType<Cv['Mat']>): { box: Box; score: number }[] {
  const { HOGDescriptor, RectVector, DoubleVector } = cv as unknown as Hog
  const hog = new HOGDescriptor()
  const weights = HOGDescriptor.getDefaultPeopleDetector()
  const plane = cv.matFromArray(
    weights.size(),
    1,
    cv.CV_32F,
    Array.from({ length: weights.size() }, (_, i) => weights.get(i)),
  )
  const boxes = new RectVector()
  const distances = new DoubleVector()
  try {
    hog.setSVMDetector(plane)
    const [step, padding] = [new cv.Size(8, 8), new cv.Size(16, 16)]
    hog.detectMultiScale(image, boxes, distances, 0, step, padding, 1.05, 0, false)
    return Array.from({ length: boxes.size() }, (_, i) => {
      const { x, y, width, height } = boxes.get(i)
      const score = 1 / (1 + Math.exp(-distances.get(i)))
      const box: Box = [
        x + width * MARGIN_X,
        y + height * MARGIN_Y,
        x + width * (1 - MARGIN_X),
        y + height * (1 - MARGIN_Y),
      ]
      return { box, score }
    })
  } finally {
    for (const one of [hog, weights, plane, boxes, distances]) one.delete()
  }
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  if (width <= 0 || height <= 0) return 0
  const area = (box: Box) => (box[2] - box[0]) * (box[3] - box[1])
  return (width * height) / (area(a) + area(b) - width * height)
}

/** What the WebAssembly build really offers; its declarations leave it out, or have other types. */
interface Vector<T> {
  size(): number
  get(index: number): T
  delete(): void
}
interface Hog {
  HOGDescriptor: {
    new (): {
      setSVMDetector(plane: object): void
      detectMultiScale(
        image: object,
        boxes: object,
        distances: object,
        hitThreshold: number,
        step: object,
        padding: object,
        scale: number,
        groupThreshold: number,
        meanShift: boolean,
      ): void
      delete(): void
    }
    getDefaultPeopleDetector(): Vector<number>
  }
  RectVector: new () => Vector<{ x: number; y: number; width: number; height: number }>
  DoubleVector: new () => Vector<number>
}
