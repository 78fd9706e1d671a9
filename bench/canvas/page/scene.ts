import type { CanvasShape } from '#renderer/canvas/canvas-api.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'

export const SIZE = { width: 1920, height: 1080 }
const POINTS = 20
const COLORS = [
  '#ff6b6b',
  '#ffd43b',
  '#69db7c',
  '#4dabf7',
  '#b197fc',
  '#ff922b',
  '#3bc9db',
  '#f783ac',
]

/** Park-Miller: the same scene on every run and in both pages. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** `count` blobs of 20 points all over a 1080p picture, in eight colours. */
export function makeShapes(count: number, seed = 7): CanvasShape[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, i) => {
    const radius = 8 + random() * 28
    const [cx, cy] = [
      radius + random() * (SIZE.width - 2 * radius),
      radius + random() * (SIZE.height - 2 * radius),
    ]
    const points: number[] = []
    for (let k = 0; k < POINTS; k++) {
      const [angle, reach] = [(k / POINTS) * 2 * Math.PI, radius * (0.7 + 0.3 * random())]
      points.push(cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach)
    }
    return polygon(i + 1, points, COLORS[i % COLORS.length] ?? '#ffffff')
  })
}

/** `count` small boxes all over a 1080p picture, as polygons: what an SVG page can draw, too. */
export function makeBoxes(count: number, seed = 7): CanvasShape[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, i) => {
    const [w, h] = [4 + random() * 20, 4 + random() * 16]
    const [x, y] = [random() * (SIZE.width - w), random() * (SIZE.height - h)]
    const corners = [x, y, x + w, y, x + w, y + h, x, y + h]
    return polygon(i + 1, corners, COLORS[i % COLORS.length] ?? '#ffffff')
  })
}

/** The same as boxes of our own. */
export function asRectangles(boxes: readonly CanvasShape[]): CanvasShape[] {
  return boxes.map((box) => {
    const [x1 = 0, y1 = 0, , , x2 = 0, y2 = 0] = box.points
    return { ...box, type: 'rectangle', points: [x1, y1, x2, y2] }
  })
}

export function polygon(id: number, points: readonly number[], color: string): CanvasShape {
  return {
    id: id as AnnotationId,
    type: 'polygon',
    points,
    rotation: 0,
    zOrder: 0,
    occluded: false,
    elements: [],
    skeleton: null,
    color,
    locked: false,
    hidden: false,
    pinned: false,
    text: '',
  }
}

/** A photograph-like picture: soft gradients and noise. */
export async function makeImage(seed = 3, size = SIZE): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(size.width, size.height)
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('no 2D context')
  const random = randomOf(seed)
  ctx.fillStyle = '#6c7a89'
  ctx.fillRect(0, 0, size.width, size.height)
  for (let i = 0; i < 400; i++) {
    ctx.fillStyle = `hsl(${random() * 360} 25% ${20 + random() * 50}% / 0.35)`
    ctx.fillRect(random() * size.width, random() * size.height, random() * 400, random() * 300)
  }
  return createImageBitmap(canvas)
}
