import { expect, test } from 'vitest'
import { strokeHalo } from './style.ts'

test.each([
  ['#f0e442', '#000000'],
  ['#332288', '#ffffff'],
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
])('a line of %s lies on a wider one of %s', (color, expected) => {
  const strokes: { width: number; style: unknown }[] = []
  const ctx = {
    lineWidth: 3,
    strokeStyle: color as CanvasRenderingContext2D['strokeStyle'],
    stroke() {
      strokes.push({ width: ctx.lineWidth, style: ctx.strokeStyle })
    },
  }
  strokeHalo(ctx, color, 2)
  expect(strokes).toHaveLength(1)
  expect(strokes[0]?.width).toBeGreaterThan(3)
  expect(String(strokes[0]?.style).slice(0, 7)).toBe(expected)
  expect([ctx.lineWidth, ctx.strokeStyle]).toEqual([3, color])
})
