import { describe, expect, test } from 'vitest'
import { paletteColor, paletteIds, palettes } from './palettes.ts'

describe.each(paletteIds)('the palette %s', (id) => {
  test('has different colours, each `#rrggbb` in lower case', () => {
    const colors = palettes[id]
    expect(new Set(colors).size).toBe(colors.length)
    expect(colors.filter((color) => !/^#[0-9a-f]{6}$/.test(color))).toEqual([])
  })

  test('gives every number a colour, and begins again at its end', () => {
    const { length } = palettes[id]
    expect(paletteColor(id, 0)).toBe(palettes[id][0])
    expect(paletteColor(id, length)).toBe(palettes[id][0])
    expect(paletteColor(id, 7_654_321)).toMatch(/^#/)
  })
})

/** Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB: what people without red or green cones see. */
const deficiencies: Record<string, number[]> = {
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
}

describe.each(Object.keys(deficiencies))('for people with %s', (name) => {
  test.each(['okabe-ito', 'tol-bright'] as const)('%s keeps every two colours apart', (id) => {
    const seen = palettes[id].map((color) => simulate(color, deficiencies[name] ?? []))
    const distances = seen.flatMap((one, at) => seen.slice(at + 1).map((two) => apart(one, two)))
    expect(Math.min(...distances)).toBeGreaterThan(leastDefault(deficiencies[name] ?? []))
  })
})

/** How near the nearest two of CVAT's thirty come. */
function leastDefault(matrix: number[]): number {
  const seen = palettes.default.map((color) => simulate(color, matrix))
  return Math.min(...seen.flatMap((one, at) => seen.slice(at + 1).map((two) => apart(one, two))))
}

function simulate(color: string, m: number[]): number[] {
  const value = Number.parseInt(color.slice(1), 16)
  const linear = [value >> 16, (value >> 8) & 255, value & 255].map((c) => (c / 255) ** 2.2)
  return [0, 3, 6].map((row) => {
    const sum = linear.reduce((total, c, at) => total + c * (m[row + at] ?? 0), 0)
    return Math.max(0, Math.min(1, sum)) ** (1 / 2.2) * 255
  })
}

function apart(a: number[], b: number[]): number {
  return Math.hypot(...a.map((c, at) => c - (b[at] ?? 0)))
}
