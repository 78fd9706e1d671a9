import type { Window } from './resample-plan.ts'

/** How a picture is made to fit: see `ModelInput.fit`. */
export type Fit = 'letterbox' | 'letterbox-corner' | 'stretch' | 'crop'

export interface PlacementRule {
  readonly fit: Fit
  /** Of the model's input. */
  readonly width: number
  readonly height: number
  /**
   * How letterboxed sides become whole numbers: `even` as Python's `round` (Ultralytics), `down` as `int` (YOLOX),
   * `up` halves upwards (SAM).
   */
  readonly rounding: 'even' | 'down' | 'up'
  /**
   * Of `crop`: the share of the resized picture's short side that is kept, such as 224 / 256. `null`: cut the middle square first and
   * resize it then, which is the same but for parts of a pixel.
   */
  readonly cropShare: number | null
  /** Of a letterbox: how large the picture lies in it, where that is decided already and the rest is padding. */
  readonly content?: { readonly width: number; readonly height: number; readonly scale: number }
}

/** Where a picture lies in a model's input. Model pixels = (image pixels - source) * scale + (left, top). */
export interface Placement {
  readonly pictureWidth: number
  readonly pictureHeight: number
  /** The part of the picture that is resized. */
  readonly source: Window
  /** Where all of that comes to lie, whole model pixels; of a crop it reaches beyond the input. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Model pixels an image pixel; what the way back divides by. */
  readonly scaleX: number
  readonly scaleY: number
}

/**
 * Place a picture. Letterboxes are those of Ultralytics (padding halved, the odd pixel below and to the right), and scale
 * back by the exact ratio rather than by the rounded sides, as there.
 */
export function place(picture: { width: number; height: number }, rule: PlacementRule): Placement {
  const { width, height } = picture
  const whole = { left: 0, top: 0, right: width, bottom: height }
  const common = { pictureWidth: width, pictureHeight: height, source: whole }
  if (rule.fit === 'stretch')
    return {
      ...common,
      left: 0,
      top: 0,
      width: rule.width,
      height: rule.height,
      scaleX: rule.width / width,
      scaleY: rule.height / height,
    }
  if (rule.fit === 'crop') return placeCrop(picture, rule)
  const scale = rule.content?.scale ?? Math.min(rule.width / width, rule.height / height)
  const side = (length: number, most: number) =>
    Math.max(1, Math.min(most, roundSide(length * scale, rule.rounding)))
  const { width: w, height: h } = rule.content ?? {
    width: side(width, rule.width),
    height: side(height, rule.height),
  }
  const isCentred = rule.fit === 'letterbox'
  return {
    ...common,
    left: isCentred ? Math.floor((rule.width - w) / 2) : 0,
    top: isCentred ? Math.floor((rule.height - h) / 2) : 0,
    width: w,
    height: h,
    scaleX: scale,
    scaleY: scale,
  }
}

/** torchvision's Resize of the short side and CenterCrop, or the middle square resized. */
function placeCrop(
  { width, height }: { width: number; height: number },
  rule: PlacementRule,
): Placement {
  const short = Math.min(width, height)
  const common = { pictureWidth: width, pictureHeight: height }
  if (rule.cropShare === null) {
    const left = Math.floor((width - short) / 2)
    const top = Math.floor((height - short) / 2)
    return {
      ...common,
      source: { left, top, right: left + short, bottom: top + short },
      left: 0,
      top: 0,
      width: rule.width,
      height: rule.height,
      scaleX: rule.width / short,
      scaleY: rule.height / short,
    }
  }
  const edge = Math.max(1, Math.floor(Math.max(rule.width, rule.height) / rule.cropShare))
  const long = Math.trunc((edge * Math.max(width, height)) / short)
  const [w, h] = width <= height ? [edge, long] : [long, edge]
  return {
    ...common,
    source: { left: 0, top: 0, right: width, bottom: height },
    left: 0 - roundSide((w - rule.width) / 2, 'even'),
    top: 0 - roundSide((h - rule.height) / 2, 'even'),
    width: w,
    height: h,
    scaleX: w / width,
    scaleY: h / height,
  }
}

function roundSide(value: number, rounding: PlacementRule['rounding']): number {
  if (rounding === 'down') return Math.floor(value)
  const up = Math.floor(value + 0.5)
  return rounding === 'even' && up - value === 0.5 && up % 2 !== 0 ? up - 1 : up
}

/** Image pixels of a model pixel, clipped to the picture. */
export function imageX(placement: Placement, x: number): number {
  const found = (x - placement.left) / placement.scaleX + placement.source.left
  return Math.max(0, Math.min(placement.pictureWidth, found))
}

export function imageY(placement: Placement, y: number): number {
  const found = (y - placement.top) / placement.scaleY + placement.source.top
  return Math.max(0, Math.min(placement.pictureHeight, found))
}

/** Image pixels of a model point that may lie outside the picture: the centres of rotated boxes. */
export function imagePoint(placement: Placement, x: number, y: number): [x: number, y: number] {
  return [
    (x - placement.left) / placement.scaleX + placement.source.left,
    (y - placement.top) / placement.scaleY + placement.source.top,
  ]
}
