import type { CanvasShape } from '#renderer/canvas/canvas-api.ts'
import { fillPolygonMask } from '#shared/geometry/mask-raster.ts'
import { polygon, randomOf } from './scene.ts'

export const SIZE_4K = { width: 3840, height: 2160 }
const CORNERS = 48
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

/** `count` ragged blobs from 16 to 700 pixels across, small ones far more often, all over a 4K picture. */
export function makeMasks(count: number, seed = 7): CanvasShape[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, i) => {
    const radius = 8 + 340 * random() ** 4
    const [cx, cy] = [random() * SIZE_4K.width, random() * SIZE_4K.height]
    const outline: number[] = []
    for (let k = 0; k < CORNERS; k++) {
      const [angle, reach] = [(k / CORNERS) * 2 * Math.PI, radius * (0.75 + 0.25 * random())]
      outline.push(cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach)
    }
    const points = fillPolygonMask(outline, SIZE_4K.width, SIZE_4K.height) ?? [0, 1, 0, 0, 0, 0]
    return { ...polygon(i + 1, points, COLORS[i % COLORS.length] ?? '#ffffff'), type: 'mask' }
  })
}
