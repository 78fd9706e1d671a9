import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatNumber,
  formatPercent,
  formatShort,
  setFormatLanguage,
} from './format.ts'

test.each([
  ['nothing', 0, '0%'],
  ['hardly anything is not nothing', 0.0001, '1%'],
  ['a half', 0.5, '50%'],
  ['nearly all is not all', 0.9999, '99%'],
  ['all', 1, '100%'],
])('percent of %s', (_name, share, expected) => expect(formatPercent(share)).toBe(expected))

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [8_123_311, '8.1 MB'],
  [52_000_000_000, '52 GB'],
])('%d bytes', (bytes, expected) => expect(formatBytes(bytes)).toBe(expected))

test.each([
  ['2026-01-01T00:00:00Z', 'now'],
  ['2025-12-31T23:55:00Z', '5 min. ago'],
  ['2025-12-31T00:00:00Z', 'yesterday'],
  ['2024-01-01T00:00:00Z', '2 yr. ago'],
])('%s seen at the new year of 2026', (iso, expected) =>
  expect(formatAgo(iso, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected),
)

describe('in German', () => {
  beforeAll(() => setFormatLanguage('de'))
  afterAll(() => setFormatLanguage('en'))

  test('numbers, sizes, shares and times are written as there', () => {
    expect(formatNumber(12_345)).toBe('12.345')
    expect(formatShort(1_234_567)).toBe('1,2\u00a0Mio.')
    expect(formatBytes(8_123_311)).toBe('8,1 MB')
    expect(formatPercent(0.5)).toBe('50\u00a0%')
    const now = Date.parse('2026-01-01T00:00:00Z')
    expect(formatAgo('2025-12-31T00:00:00Z', now)).toBe('gestern')
  })
})

test.each([
  [6, '0:06'],
  [59.99, '0:59'],
  [600, '10:00'],
  [3729, '1:02:09'],
])('%d seconds on the clock', (seconds, expected) => expect(formatClock(seconds)).toBe(expected))
