import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lastFormat, rememberFormat } from './last-format.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test('tracks are first offered the format that holds them', () => {
  expect(lastFormat('annotation')).toBe('CVAT for images 1.1')
  expect(lastFormat('interpolation')).toBe('CVAT for video 1.1')
})

test('what was used last is remembered for pictures and for videos', () => {
  rememberFormat('annotation', 'COCO 1.0')
  rememberFormat('interpolation', 'MOT 1.1')
  expect(lastFormat('annotation')).toBe('COCO 1.0')
  expect(lastFormat('interpolation')).toBe('MOT 1.1')
})

test('without storage the first choice stays', () => {
  vi.stubGlobal('localStorage', undefined)
  rememberFormat('interpolation', 'MOT 1.1')
  expect(lastFormat('interpolation')).toBe('CVAT for video 1.1')
})
