import { decodeMask } from '#shared/geometry/mask.ts'
import { fillPolygonMask } from '#shared/geometry/mask-raster.ts'

/** Two overlapping masks of one kind, and the outline the first was filled from. */
export interface Case {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly polygon: number[]
  readonly a: number[]
  readonly b: number[]
}

/** From what a click makes to what no person draws: every row of the last is crossed hundreds of times. */
export function makeCases(): Case[] {
  return [
    makeCase('100 px object in Full HD', [1920, 1080], { radius: 50, rough: 0.2, corners: 40 }),
    makeCase('500 px object in 4K', [3840, 2160], { radius: 250, rough: 0.3, corners: 60 }),
    makeCase('2,000 px object in 4K', [3840, 2160], { radius: 1000, rough: 0.3, corners: 200 }),
    makeCase('frayed, 20,000 corners', [3840, 2160], { radius: 1050, rough: 0.5, corners: 20_000 }),
  ]
}

interface Star {
  readonly radius: number
  /** How deep corners may lie, as a share of the radius. */
  readonly rough: number
  readonly corners: number
}

function makeCase(name: string, [width, height]: [number, number], star: Star): Case {
  const polygon = makeStar(width / 2, height / 2, star, 1)
  const other = makeStar(width / 2 + star.radius * 0.3, height / 2, star, 2)
  const a = fillPolygonMask(polygon, width, height)
  const b = fillPolygonMask(other, width, height)
  if (a === null || b === null) throw new Error(`${name} has no pixels`)
  return { name, width, height, polygon, a, b }
}

function makeStar(cx: number, cy: number, { radius, rough, corners }: Star, seed: number) {
  let state = seed
  return Array.from({ length: corners }, (_, i) => {
    state = Math.imul(state, 48271) & 0x7fffffff
    const r = radius * (1 - (rough * state) / 2 ** 31)
    const angle = (2 * Math.PI * i) / corners
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)]
  }).flat()
}

/** The pixels of a mask's box down its columns, as the peer wants them, packed as base64. */
export function columnPixels(mask: readonly number[]): { size: [number, number]; pixels: string } {
  const { width, height, data } = decodeMask(mask)
  const columns = Buffer.alloc(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) columns[x * height + y] = data[y * width + x] ?? 0
  }
  return { size: [height, width], pixels: columns.toString('base64') }
}
