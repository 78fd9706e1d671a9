import type { Viewport } from '../canvas-api.ts'
import {
  type ImageBox,
  type ImagePoint,
  type ImageSize,
  type ScreenPoint,
  screenPoint,
} from './space.ts'

/** Canvas convention: `x' = a x + c y + e`, `y' = b x + d y + f`. */
export interface Matrix {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

const SMALLEST_SCALE = 0.005
const LARGEST_SCALE = 128
const FIT_MARGIN_PX = 16

/** Exact for the four angles a view can have; Math.cos(90°) is not 0. */
function quarterTurn(angle: number): { cos: number; sin: number } {
  const quarters = (((Math.round(angle / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3
  return { cos: [1, 0, -1, 0][quarters] ?? 1, sin: [0, 1, 0, -1][quarters] ?? 0 }
}

/** Image pixels to CSS pixels: scaled, put at (x, y), then turned about the picture's middle. */
export function viewMatrix(view: Viewport, size: ImageSize): Matrix {
  const { cos, sin } = quarterTurn(view.angle)
  const [a, b, c, d] = [cos * view.scale, sin * view.scale, -sin * view.scale, cos * view.scale]
  const [halfW, halfH] = [size.width / 2, size.height / 2]
  return {
    a,
    b,
    c,
    d,
    e: view.x + halfW * view.scale - a * halfW - c * halfH,
    f: view.y + halfH * view.scale - b * halfW - d * halfH,
  }
}

/** The matrix that undoes `m`; view matrices are never singular because scale > 0. */
export function invertMatrix(m: Matrix): Matrix {
  const det = m.a * m.d - m.b * m.c
  return {
    a: m.d / det,
    b: -m.b / det,
    c: -m.c / det,
    d: m.a / det,
    e: (m.c * m.f - m.d * m.e) / det,
    f: (m.b * m.e - m.a * m.f) / det,
  }
}

/** First `inner`, then `outer`. */
export function multiplyMatrix(outer: Matrix, inner: Matrix): Matrix {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  }
}

export function toScreen(m: Matrix, p: ImagePoint): ScreenPoint {
  return screenPoint(m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f)
}

export function toImage(m: Matrix, p: ScreenPoint): ImagePoint {
  const i = invertMatrix(m)
  return { x: i.a * p.x + i.c * p.y + i.e, y: i.b * p.x + i.d * p.y + i.f }
}

export function panView(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy }
}

/** Zooms so that the image point under `about` stays under it. */
export function zoomView(
  view: Viewport,
  size: ImageSize,
  factor: number,
  about: ScreenPoint,
): Viewport {
  const scale = Math.min(Math.max(view.scale * factor, SMALLEST_SCALE), LARGEST_SCALE)
  return pin({ ...view, scale }, size, toImage(viewMatrix(view, size), about), about)
}

/** The view moved so that `point` lands on `at`. */
function pin(view: Viewport, size: ImageSize, point: ImagePoint, at: ScreenPoint): Viewport {
  const now = toScreen(viewMatrix(view, size), point)
  return panView(view, at.x - now.x, at.y - now.y)
}

/** The view that shows `box` as large as possible in the middle of the screen, with a margin in CSS pixels. */
export function focusView(
  box: ImageBox,
  size: ImageSize,
  screen: ImageSize,
  angle: number,
  margin = FIT_MARGIN_PX,
): Viewport {
  const lying = quarterTurn(angle).cos === 0
  const width = Math.max(1e-3, lying ? box.y2 - box.y1 : box.x2 - box.x1)
  const height = Math.max(1e-3, lying ? box.x2 - box.x1 : box.y2 - box.y1)
  const room = (length: number) => Math.max(1, length - 2 * margin)
  const scale = Math.min(room(screen.width) / width, room(screen.height) / height, LARGEST_SCALE)
  const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  const at = screenPoint(screen.width / 2, screen.height / 2)
  return pin({ scale, x: 0, y: 0, angle }, size, middle, at)
}

/** The whole picture, as large as it fits. */
export function fitView(size: ImageSize, screen: ImageSize, angle: number): Viewport {
  return focusView({ x1: 0, y1: 0, x2: size.width, y2: size.height }, size, screen, angle)
}
