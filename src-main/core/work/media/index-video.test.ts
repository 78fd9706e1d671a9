import { expect, test } from 'vitest'
import type { VideoFile, VideoIndex } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { indexVideo } from './index-video.ts'

const file: VideoFile = { path: '/v.mp4', sizeBytes: 1, mtimeMs: 1, fingerprint: null }
const indexOf = (frames: number, verified: boolean) =>
  ({ pts: new Float64Array(frames), verified, problems: [] }) as unknown as VideoIndex

/** A task of 180 claimed frames whose file has 54 packets, of which 53 can be decoded; and what a reader beside it saw. */
function world() {
  let [size, stored] = [180, null as VideoIndex | null]
  const seen: string[] = []
  const look = () => seen.push(`${size} ${stored?.verified === true ? 'verified' : 'unsure'}`)
  const store = {
    settings: { all: () => ({}) },
    tasks: { get: () => ({}) },
    frames: {
      fitVideo(_task: number, frames: number) {
        size = frames
        look()
      },
    },
    videos: {
      ofTask: () => file,
      find: () => stored,
      save(_file: VideoFile, index: VideoIndex) {
        stored = index
        look()
      },
    },
  }
  const indexer = {
    readPackets: async () => indexOf(54, false),
    decodeAll: async () => indexOf(53, true),
  }
  const deps = { store, indexer, scanner: { findVideos: async () => [file] } }
  const hooks = { signal: new AbortController().signal, event: look, progress() {} }
  return {
    run: () =>
      indexVideo(deps as unknown as WorkDeps, { taskId: 1 }, hooks as unknown as WorkHooks, 1),
    seen,
  }
}

test('a task that calls itself verified has the frames there are, whoever looks when', async () => {
  const { run, seen } = world()
  expect(await run()).toMatchObject({ frames: 53 })
  expect(seen).toContain('54 unsure')
  expect(seen.at(-1)).toBe('53 verified')
  expect(seen.filter((one) => one.endsWith('verified'))).not.toContain('54 verified')
})
