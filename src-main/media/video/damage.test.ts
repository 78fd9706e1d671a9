import { expect, test } from 'vitest'
import type { VideoFacts } from '#shared/domain/video.ts'
import { createDamageReport } from './damage.ts'

const FACTS: VideoFacts = {
  width: 64,
  height: 48,
  rotation: 0,
  codec: 'h264',
  container: 'mov,mp4',
  claimedFrames: 100,
  durationSec: 4,
  frameRate: 25,
  timeBase: { num: 1, den: 25 },
}

test('nothing wrong, nothing told', () => {
  expect(createDamageReport(FACTS).clauses(100, 0)).toEqual([])
})

test('places close together are told as one, with the second they begin at', () => {
  const damage = createDamageReport(FACTS)
  damage.skipped(50)
  for (const frame of [50, 51, 55]) damage.shown(frame)
  damage.shown(80)
  expect(damage.clauses(100, 0)).toEqual([
    'between frames 50 and 55 (2.0 s) a packet could not be decoded and 3 frames are damaged',
    'at frame 80 (3.2 s) a frame is damaged',
  ])
})

test('very many places are counted', () => {
  const damage = createDamageReport({ ...FACTS, claimedFrames: null })
  for (let frame = 0; frame < 1000; frame += 20) damage.shown(frame)
  const clauses = damage.clauses(1000, 0)
  expect(clauses).toHaveLength(21)
  expect(clauses.at(-1)).toBe('30 more places are damaged')
})

test('an early end is told by what was promised', () => {
  expect(createDamageReport(FACTS).clauses(60, 0)).toEqual([
    'the file claims 100 frames, and 60 could be decoded',
  ])
})
