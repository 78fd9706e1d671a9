import type { Mat } from '@techstark/opencv-js'
import type { ParameterValues } from '#shared/domain/function.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import type { InteractorPrompt, RgbPicture } from '../../core/ports.ts'
import { bitmapOf } from './bitmap-of.ts'
import type { Cv } from './opencv.ts'
import { type Part, partAround, withMat } from './picture-mat.ts'

/** Its time grows with the area: a third of a second for a square of this side. */
const LONGEST_SIDE = 320
/** What lies around the box teaches it the background. */
const MARGIN_SHARE = 0.25
const LEAST_MARGIN = 8
/** A click speaks for so many pixels of what it works on. */
const CLICK_RADIUS = 3
/** Specks smaller than this share of the largest piece are noise, unless somebody clicked there. */
const SPECK_SHARE = 0.05

/**
 * GrabCut (Rother, Kolmogorov, Blake: "GrabCut", SIGGRAPH 2004): what is in the box and looks unlike what is around it. Clicks
 * correct it.
 * @returns mask points; null when nothing of the box is foreground
 */
export function grabCut(
  cv: Cv,
  picture: RgbPicture,
  { box, positive, negative }: InteractorPrompt,
  parameters: ParameterValues,
): number[] | null {
  if (!box) return null
  const longest = Math.max(Math.abs(box[2] - box[0]), Math.abs(box[3] - box[1]))
  const part = partAround(box, Math.max(LEAST_MARGIN, longest * MARGIN_SHARE), picture)
  if (part.right - part.left < 3 || part.bottom - part.top < 3) return null
  const rounds = Number(parameters.rounds ?? 5)
  return withMat(cv, picture, part, LONGEST_SIDE, (image, scale) => {
    const mask = new cv.Mat(image.rows, image.cols, cv.CV_8UC1, new cv.Scalar(cv.GC_BGD))
    const background = new cv.Mat()
    const foreground = new cv.Mat()
    try {
      const at = (x: number, y: number) =>
        [(x - part.left) * scale, (y - part.top) * scale] as const
      paintBox(cv, mask, [...at(box[0], box[1]), ...at(box[2], box[3])])
      const clicks = (points: InteractorPrompt['positive'], value: number) => {
        for (const [x, y] of points) paintDisc(mask, at(x, y), value)
      }
      clicks(negative, cv.GC_BGD)
      clicks(positive, cv.GC_FGD)
      if (!hasBoth(cv, mask)) return null
      const whole = new cv.Rect(0, 0, 0, 0)
      cv.grabCut(image, mask, whole, background, foreground, rounds, cv.GC_INIT_WITH_MASK)
      keepForeground(cv, mask)
      dropSpecks(
        cv,
        mask,
        positive.map(([x, y]) => at(x, y)),
      )
      return maskOf(cv, mask, part)
    } finally {
      mask.delete()
      background.delete()
      foreground.delete()
    }
  })
}

function paintBox(cv: Cv, mask: Mat, [x1, y1, x2, y2]: number[]): void {
  const left = clamp(Math.round(Math.min(x1 ?? 0, x2 ?? 0)), mask.cols)
  const right = clamp(Math.round(Math.max(x1 ?? 0, x2 ?? 0)), mask.cols)
  const top = clamp(Math.round(Math.min(y1 ?? 0, y2 ?? 0)), mask.rows)
  const bottom = clamp(Math.round(Math.max(y1 ?? 0, y2 ?? 0)), mask.rows)
  for (let y = top; y < bottom; y += 1)
    mask.data.fill(cv.GC_PR_FGD, y * mask.cols + left, y * mask.cols + right)
}

function paintDisc(mask: Mat, [cx, cy]: readonly [number, number], value: number): void {
  for (let y = Math.floor(cy - CLICK_RADIUS); y <= cy + CLICK_RADIUS; y += 1)
    for (let x = Math.floor(cx - CLICK_RADIUS); x <= cx + CLICK_RADIUS; x += 1) {
      const isInside = x >= 0 && y >= 0 && x < mask.cols && y < mask.rows
      if (isInside && Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= CLICK_RADIUS)
        mask.data[y * mask.cols + x] = value
    }
}

/** OpenCV stops with an assertion when one of the two has no pixel to learn from. */
function hasBoth(cv: Cv, mask: Mat): boolean {
  const isFront = (value: number) => value === cv.GC_FGD || value === cv.GC_PR_FGD
  return mask.data.some(isFront) && mask.data.some((value) => !isFront(value))
}

/** From then on 1 is the object and 0 is not. */
function keepForeground(cv: Cv, mask: Mat): void {
  const { data } = mask
  for (let i = 0; i < data.length; i += 1)
    data[i] = data[i] === cv.GC_FGD || data[i] === cv.GC_PR_FGD ? 1 : 0
}

function dropSpecks(cv: Cv, mask: Mat, clicks: readonly (readonly [number, number])[]): void {
  const labels = new cv.Mat()
  const stats = new cv.Mat()
  const middles = new cv.Mat()
  try {
    const count = cv.connectedComponentsWithStats(mask, labels, stats, middles, 8, cv.CV_32S)
    const areas = Array.from({ length: count }, (_, n) =>
      n === 0 ? 0 : stats.intAt(n, cv.CC_STAT_AREA),
    )
    const least = Math.max(...areas) * SPECK_SHARE
    const keep = areas.map((area) => area >= least && area > 0)
    for (const [x, y] of clicks) {
      const n = labels.intAt(
        clamp(Math.floor(y), labels.rows - 1),
        clamp(Math.floor(x), labels.cols - 1),
      )
      if (n > 0) keep[n] = true
    }
    const { data32S } = labels
    for (let i = 0; i < data32S.length; i += 1) if (!keep[data32S[i] ?? 0]) mask.data[i] = 0
  } finally {
    labels.delete()
    stats.delete()
    middles.delete()
  }
}

/** At the picture's own size: the border is smooth where the work was done on a smaller one. */
function maskOf(cv: Cv, mask: Mat, part: Part): number[] | null {
  const width = part.right - part.left
  const height = part.bottom - part.top
  if (mask.cols === width && mask.rows === height) return encodeMask(bitmapOf(mask.data, part))
  const soft = new cv.Mat()
  try {
    for (let i = 0; i < mask.data.length; i += 1) mask.data[i] = (mask.data[i] ?? 0) * 255
    cv.resize(mask, soft, new cv.Size(width, height), 0, 0, cv.INTER_CUBIC)
    return encodeMask(
      bitmapOf(
        soft.data.map((value) => (value > 127 ? 1 : 0)),
        part,
      ),
    )
  } finally {
    soft.delete()
  }
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value))
