import { expect, test } from 'vitest'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { VideoDescription, VideoFile, VideoIndex } from '../../ports.ts'
import { indexFrom, takeDescription } from './described-video.ts'

const facts: VideoFacts = {
  width: 64,
  height: 48,
  rotation: 0,
  codec: 'h264',
  container: 'mov',
  claimedFrames: 30,
  durationSec: 1,
  frameRate: 30,
  timeBase: { num: 1, den: 15_360 },
}
const file: VideoFile = { path: '/v.mp4', sizeBytes: 1, mtimeMs: 1, fingerprint: null }
const key = (number: number, pts: number) => ({ number, pts })
const description = (more: Partial<VideoDescription> = {}): VideoDescription => ({
  path: '/manifest.jsonl',
  width: 64,
  height: 48,
  length: 30,
  keyframes: [key(0, 0), key(12, 6144), key(24, 12_288)],
  ...more,
})

test.each([
  ['one rate', [key(0, 0), key(12, 6144)], 6144],
  ['one that starts late', [key(0, 90), key(12, 6234)], 6234],
  ["a lone keyframe, by the container's rate", [key(0, 0)], 6144],
])('times between keyframes: %s', (_name, keyframes, twelfth) => {
  const index = indexFrom(description({ keyframes }), facts)
  expect(index).toMatchObject({ verified: false, facts })
  expect([index?.pts.length, index?.pts[12]]).toEqual([30, twelfth])
  expect([...(index?.keyframes ?? [])]).toEqual(keyframes.map(({ number }) => number))
})

test.each([
  ['a rate that is no whole step', [key(0, 0), key(10, 333)]],
  ['another rate later', [key(0, 0), key(10, 5120), key(20, 9000)]],
  ['a first keyframe that is not the first frame', [key(2, 1024), key(12, 6144)]],
])('%s: nobody knows them', (_name, keyframes) => {
  expect(indexFrom(description({ keyframes }), facts)).toBeNull()
})

/** A store of one index, and a container whose packets are so many. */
function world(packets: number, known: VideoIndex | null = null) {
  let saved = known
  let reads = 0
  const store = {
    videos: {
      find: () => saved,
      save: (_file: VideoFile, index: VideoIndex) => {
        saved = index
      },
    },
  }
  const indexer = {
    readPackets: async () => {
      reads += 1
      return { ...(indexFrom(description({ length: packets }), facts) as VideoIndex) }
    },
  }
  const deps = { store, indexer } as unknown as Parameters<typeof takeDescription>[0]
  const hooks = { signal: new AbortController().signal, progress: () => undefined }
  return {
    take: (said: VideoDescription, of: VideoFacts = facts) =>
      takeDescription(deps, said, { file, facts: of }, hooks),
    saved: () => saved,
    reads: () => reads,
  }
}

test('what agrees with the container is stored without reading the file', async () => {
  const { take, saved, reads } = world(30)
  await take(description())
  expect([saved()?.pts.length, reads()]).toEqual([30, 0])
})

test('where the container counts otherwise its packets decide', async () => {
  const { take, saved, reads } = world(28)
  await take(description({ length: 28, keyframes: [key(0, 0)] }))
  expect([saved()?.pts.length, reads()]).toEqual([28, 1])
  await expect(world(30).take(description({ length: 28 }))).rejects.toThrow(/30 frames and not 28/)
})

test('an index that is there is not replaced, and has the last word', async () => {
  const verified = { ...(indexFrom(description(), facts) as VideoIndex), verified: true }
  const { take, saved, reads } = world(1, verified)
  await take(description())
  expect([saved(), reads()]).toEqual([verified, 0])
  await expect(take(description({ length: 31 }))).rejects.toMatchObject({
    code: 'MANIFEST_MISMATCH',
  })
})

test('another size is refused; a turned video may be described as it lies', async () => {
  const { take } = world(30)
  const lying = description({ width: 48, height: 64 })
  await expect(take(lying)).rejects.toThrow(/64 × 48 pixels and not 48 × 64/)
  await expect(take(lying, { ...facts, rotation: 90 })).resolves.toBeUndefined()
})
