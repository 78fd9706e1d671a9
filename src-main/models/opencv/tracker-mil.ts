import type { Mat } from '@techstark/opencv-js'
import type { RgbPicture, TrackedBox } from '../../core/ports.ts'
import { loadOpenCv } from './opencv.ts'
import { wholeOf, withMat } from './picture-mat.ts'

/** What the WebAssembly build really offers; its declarations leave the methods out. */
interface MilTracker {
  init(image: Mat, box: object): void
  update(image: Mat): [found: boolean, box: { x: number; y: number; width: number; height: number }]
  delete(): void
}

/** OpenCV looks at pictures this wide at most: finding costs by area, and boxes are whole pixels of it. */
const LONGEST_SIDE = 1280
const LEAST_SIDE = 6
const LEAST_MARGIN = 4
/** Each keeps a few hundred kilobytes of features inside the WebAssembly memory. */
const MOST_STATES = 200

/**
 * TrackerMIL (Babenko, Yang, Belongie: Visual tracking with online multiple instance learning, CVPR 2009) as OpenCV has it.
 * The box keeps its size; positions are whole pixels of the picture it works on.
 */
export async function createTrackerMil() {
  const cv = await loadOpenCv()
  const states = new Map<string, { mil: MilTracker; box: TrackedBox; size: string }>()
  let last = 0

  /** @throws Error for a picture that is too small to search in */
  function begin(image: Mat, scale: number, box: TrackedBox, size: string): string {
    if (Math.min(image.cols, image.rows) < LEAST_SIDE + 2 * LEAST_MARGIN)
      throw new Error('the picture is too small to search in')
    // It draws samples: the same question has the same answer, whatever was asked before.
    cv.setRNGSeed(0)
    const mil = new (cv as unknown as { TrackerMIL: new () => MilTracker }).TrackerMIL()
    const { x, y, width, height } = inside(box, scale, image)
    mil.init(image, new cv.Rect(x, y, width, height))
    const token = `mil-${++last}`
    states.set(token, { mil, box, size })
    forgetOldest()
    return token
  }

  function forgetOldest(): void {
    const [oldest] = states
    if (states.size <= MOST_STATES || !oldest) return
    oldest[1].mil.delete()
    states.delete(oldest[0])
  }

  return {
    begin: (picture: RgbPicture, boxes: readonly TrackedBox[]) =>
      withMat(cv, picture, wholeOf(picture), LONGEST_SIDE, (image, scale) =>
        boxes.map((box) => begin(image, scale, box, sizeOf(picture))),
      ),
    update: (picture: RgbPicture, tokens: readonly string[]) =>
      withMat(cv, picture, wholeOf(picture), LONGEST_SIDE, (image, scale) =>
        tokens.map((token): TrackedBox | null | undefined => {
          const state = states.get(token)
          if (!state || state.size !== sizeOf(picture)) return undefined
          const [found, seen] = state.mil.update(image)
          if (!found) return null
          states.delete(token)
          const box = asLarge(state.box, seen, scale)
          states.set(token, { ...state, box })
          return box
        }),
      ),
  }
}

const sizeOf = ({ width, height }: RgbPicture) => `${width}x${height}`

/**
 * A whole-pixel box inside the picture, about the middle of the one asked for. OpenCV searches for ever in a box of less than
 * 6 pixels, and gives up on one that leaves it nothing around to learn from.
 */
function inside([x1, y1, x2, y2]: TrackedBox, scale: number, image: Mat) {
  const [x, width] = span(x1 * scale, x2 * scale, image.cols)
  const [y, height] = span(y1 * scale, y2 * scale, image.rows)
  return { x, y, width, height }
}

function span(from: number, to: number, room: number): [start: number, length: number] {
  const length = Math.max(LEAST_SIDE, Math.min(room - 2 * LEAST_MARGIN, Math.round(to - from)))
  const start = Math.round((from + to - length) / 2)
  return [Math.max(0, Math.min(room - length, start)), length]
}

/** The box as it was, moved to where its middle was found: rounding never makes it grow or shrink. */
function asLarge(
  [x1, y1, x2, y2]: TrackedBox,
  seen: { x: number; y: number; width: number; height: number },
  scale: number,
): TrackedBox {
  const centreX = (seen.x + seen.width / 2) / scale
  const centreY = (seen.y + seen.height / 2) / scale
  const halfWidth = (x2 - x1) / 2
  const halfHeight = (y2 - y1) / 2
  return [centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight]
}
