/**
 * The two spaces of the canvas. Image points are float64 image pixels (origin: the picture's top-left corner); screen
 * points are CSS pixels from the host's top-left corner. The brands keep one from being passed as the other.
 */
declare const image: unique symbol
declare const screen: unique symbol

export interface ImagePoint {
  readonly x: number
  readonly y: number
  readonly [image]?: true
}

export interface ScreenPoint {
  readonly x: number
  readonly y: number
  readonly [screen]: true
}

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Image pixels, edges included. */
export interface ImageBox {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Names a plain pair as a place on the screen; the only cast between the spaces. */
export const screenPoint = (x: number, y: number): ScreenPoint => ({ x, y }) as ScreenPoint

/** Moves a point to the nearest place inside the picture. */
export function clampToImage(point: ImagePoint, size: ImageSize): ImagePoint {
  return {
    x: Math.min(Math.max(point.x, 0), size.width),
    y: Math.min(Math.max(point.y, 0), size.height),
  }
}

/** The box spanned by two corners given in any order. */
export function boxOf(a: ImagePoint, b: ImagePoint): ImageBox {
  return {
    x1: Math.min(a.x, b.x),
    y1: Math.min(a.y, b.y),
    x2: Math.max(a.x, b.x),
    y2: Math.max(a.y, b.y),
  }
}
