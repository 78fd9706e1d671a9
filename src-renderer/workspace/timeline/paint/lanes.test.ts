import { expect, test } from 'vitest'
import { lane } from '../testing.ts'
import { paintLane } from './lanes.ts'
import type { Brush, Theme } from './theme.ts'

interface Drawn {
  readonly rects: { x: number; width: number; color: string; alpha: number }[]
  diamonds: number
}

/** A context that only remembers what is filled. */
function brush(): { brush: Brush; drawn: Drawn } {
  const drawn: Drawn = { rects: [], diamonds: 0 }
  const ctx = {
    globalAlpha: 1,
    fillStyle: '',
    fillRect(x: number, _y: number, width: number) {
      drawn.rects.push({ x, width, color: this.fillStyle, alpha: this.globalAlpha })
    },
    closePath: () => {
      drawn.diamonds += 1
    },
  }
  const nothing = () => undefined
  const recorder = new Proxy(ctx, {
    get: (target, key) => Reflect.get(target, key) ?? nothing,
  }) as unknown as CanvasRenderingContext2D
  const theme = { warn: 'warn', text: 'ink', page: 'page', accent: 'accent' } as Theme
  return { brush: { ctx: recorder, theme, snap: Math.round, hair: 1 }, drawn }
}

const look = {
  ...{ color: 'label', isHidden: false, isLocked: false, isActive: false },
  chosen: null,
}

function paint(one: ReturnType<typeof lane>, perFrame: number, width = 1000, lastFrame = 9999) {
  const { brush: with_, drawn } = brush()
  const place = { view: { first: 0, perFrame }, width, top: 0, height: 22, lastFrame }
  paintLane(with_, one, look, place)
  return drawn
}

test('a lane of ten thousand keyframes costs its pixels, not its keyframes', () => {
  const dense = lane(
    1,
    ...Array.from({ length: 10_000 }, (_, at) => `${at}${at % 3 === 1 ? 'o' : ''}`),
  )
  expect(paint(dense, 0.1).rects.length).toBeLessThan(4000)
})

test('where there is room keyframes are diamonds, where there is none a stripe', () => {
  const every = lane(1, ...Array.from({ length: 100 }, (_, at) => at * 10))
  expect(paint(every, 2).diamonds).toBe(51)
  expect(paint(every, 0.05).diamonds).toBe(0)
})

test('frame after frame stated is drawn stronger than what lies between, and that stronger than what is held', () => {
  const drawn = paint(lane(1, 0, 1, 2, 20), 10)
  const bars = drawn.rects.filter(({ color, alpha }) => color === 'label' && alpha < 1)
  const alphas = bars.map(({ alpha }) => alpha)
  expect(alphas).toEqual(alphas.toSorted((a, b) => b - a))
  expect(new Set(alphas).size).toBe(3)
})

test('a long gap is seen however far out, a short one only where it has room', () => {
  const marks = (end: number) =>
    paint(lane(1, 0, '100o', end, 300), 0.01).rects.filter(({ color }) => color === 'warn').length
  expect(marks(150)).toBeGreaterThan(0)
  expect(marks(110)).toBe(0)
})

test('a track of one or two frames is marked, however far out', () => {
  const warned = (...keyframes: (number | string)[]) =>
    paint(lane(1, ...keyframes), 0.01).rects.some(
      ({ color, width }) => color === 'warn' && width >= 8,
    )
  expect(warned(50, '52o')).toBe(true)
  expect(warned(50, '90o')).toBe(false)
})

test('what lies beside the view is not drawn', () => {
  expect(paint(lane(1, 5000, 6000, '7000o'), 0.1, 100).rects).toEqual([])
})
