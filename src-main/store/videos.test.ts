import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { NewTask, NewTaskVideo, Store, VideoFile, VideoIndex } from '../core/ports.ts'
import { createHand, newDatabasePath, newTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

const FACTS: VideoFacts = {
  width: 640,
  height: 360,
  rotation: 0,
  codec: 'h264',
  container: 'mov,mp4',
  claimedFrames: 10,
  durationSec: 1,
  frameRate: 10,
  timeBase: { num: 1, den: 1000 },
}
const FILE: VideoFile = {
  path: '/media/a.mp4',
  sizeBytes: 5000,
  mtimeMs: 1_700_000_000_000.25,
  fingerprint: '3uw-abc',
}

function indexOf(frames: number, fields: Partial<VideoIndex> = {}): VideoIndex {
  return {
    facts: FACTS,
    pts: Float64Array.from({ length: frames }, (_, n) => n * 100 - 33.5),
    keyframes: Uint32Array.of(0, 5),
    checksums: new Uint32Array(),
    verified: false,
    problems: [],
    ...fields,
  }
}

let store: Store
beforeEach(() => {
  store = openStore(newDatabasePath())
})

function videoTask(fields: Partial<NewTask> = {}, video: Partial<NewTaskVideo> = {}): TaskId {
  const { id } = store.tasks.create(newTask(fields))
  const stopFrame = fields.stopFrame ?? null
  const rest = { file: FILE, facts: FACTS, frameCount: 10, stopFrame, overlap: null }
  store.frames.setVideo(id, { ...rest, ...video })
  return id
}

const jobRanges = (id: TaskId) =>
  store.jobs.ofTask(id).map((job) => [job.id, job.startFrame, job.stopFrame])

describe('an index', () => {
  test('comes back as it was saved, for this very file only', () => {
    const index = indexOf(3, { checksums: Uint32Array.of(1, 2, 4_294_967_295), verified: true })
    store.videos.save(FILE, index)
    expect(store.videos.find(FILE)).toEqual(index)
    expect(store.videos.find({ ...FILE, mtimeMs: FILE.mtimeMs + 1 })).toBeNull()
    expect(store.videos.find({ ...FILE, sizeBytes: 4999 })).toBeNull()
  })

  test('a better one replaces it, a worse one does not', () => {
    store.videos.save(FILE, indexOf(3))
    store.videos.save(FILE, indexOf(4, { verified: true }))
    store.videos.save(FILE, indexOf(5))
    expect(store.videos.find(FILE)?.pts).toHaveLength(4)
  })

  test('is not there while only its container was looked at', () => {
    videoTask()
    expect(store.videos.find(FILE)).toBeNull()
  })

  test('goes at the next start once no task has its video', () => {
    const id = videoTask()
    store.videos.save(FILE, indexOf(10))
    store.videos.save({ ...FILE, path: '/media/b.mp4' }, indexOf(10))
    store.sweep()
    expect(store.videos.find(FILE)).not.toBeNull()
    expect(store.videos.find({ ...FILE, path: '/media/b.mp4' })).toBeNull()
    expect(store.videos.ofTask(id)).toEqual(FILE)
  })
})

describe('a video task', () => {
  test('has its frames at once, numbered as in the video', () => {
    const id = videoTask({ startFrame: 2, frameStep: 3, stopFrame: 8 })
    expect(store.tasks.get(id)).toMatchObject({
      mode: 'interpolation',
      mediaState: 'ready',
      size: 3,
      stopFrame: 8,
      overlap: 0,
      video: { width: 640, height: 360, codec: 'h264', frameRate: 10, verified: false },
    })
    const frames = store.frames.records(id, 0, 10)
    expect(frames.map((frame) => [frame.name, frame.location.offset, frame.status])).toEqual([
      ['frame_000002', 2, 'ok'],
      ['frame_000005', 5, 'ok'],
      ['frame_000008', 8, 'ok'],
    ])
    expect(frames[0]).toMatchObject({
      width: 640,
      height: 360,
      location: { source: { kind: 'video', path: FILE.path }, entry: '' },
    })
  })

  test('neighbouring jobs share five frames unless told otherwise, at most half a job', () => {
    const big = videoTask({ segmentSize: 100 }, { frameCount: 290 })
    expect(store.tasks.get(big).overlap).toBe(5)
    expect(jobRanges(big).map(([, start]) => start)).toEqual([0, 95, 190])
    const small = videoTask({ segmentSize: 4 })
    expect(store.tasks.get(small).overlap).toBe(2)
    const none = videoTask({ segmentSize: 5 }, { overlap: 0 })
    expect(jobRanges(none).map(([, start]) => start)).toEqual([0, 5])
  })

  test('a start behind the last frame is refused', () => {
    expect(() => videoTask({ startFrame: 10 })).toThrow('lies behind the last of 10 frames')
  })

  test('knows what its index says is wrong', () => {
    const id = videoTask()
    store.videos.save(FILE, indexOf(10, { verified: true, problems: ['it is cut short'] }))
    const video = { verified: true, problems: ['it is cut short'] }
    expect(store.tasks.get(id).video).toMatchObject(video)
    expect(store.tasks.list()[0]?.video).toMatchObject(video)
  })
})

describe('another number of frames than the container said', () => {
  test('more: the list grows and jobs keep their ids', () => {
    const id = videoTask({ segmentSize: 6 }, { overlap: 0 })
    const before = jobRanges(id)
    expect(store.frames.fitVideo(id, 13)).toBe('grown')
    expect(store.tasks.get(id)).toMatchObject({ size: 13, stopFrame: 12 })
    expect(store.frames.list(id, 12, 1)[0]?.name).toBe('frame_000012')
    const [first, second, third] = jobRanges(id)
    expect([first, second]).toEqual([before[0], [before[1]?.[0], 6, 11]])
    expect(third?.slice(1)).toEqual([12, 12])
  })

  test('more, but a last frame was asked for: that one stays the last', () => {
    const id = videoTask({ stopFrame: 5 })
    expect(store.frames.fitVideo(id, 13)).toBe('same')
    const beyond = videoTask({ stopFrame: 11 })
    expect(store.tasks.get(beyond).size).toBe(10)
    expect(store.frames.fitVideo(beyond, 50)).toBe('grown')
    expect(store.tasks.get(beyond).size).toBe(12)
  })

  test('fewer: the list shrinks, with its jobs', () => {
    const id = videoTask({ segmentSize: 6 }, { overlap: 0 })
    const [first] = jobRanges(id)
    expect(store.frames.fitVideo(id, 4)).toBe('shrunk')
    expect(jobRanges(id)).toEqual([[first?.[0], 0, 3]])
    expect(store.tasks.get(id)).toMatchObject({ size: 4, stopFrame: 3, problemCount: 0 })
  })

  test('fewer, but annotated beyond the end: those frames stay and say why', () => {
    const id = videoTask()
    createHand(store, id).draw({ frame: 8 })
    expect(store.frames.fitVideo(id, 7)).toBe('kept')
    expect(store.tasks.get(id)).toMatchObject({ size: 10, problemCount: 3 })
    expect(store.frames.problems(id)[0]).toMatchObject({
      frame: 7,
      status: 'unreadable',
      problem: 'the video has only 7 frames',
    })
  })

  test('fewer, and undone work beyond the end: undo and redo still find their frame', () => {
    const id = videoTask()
    createHand(store, id).draw({ frame: 8 })
    store.annotations.undo(id)
    expect(store.frames.fitVideo(id, 7)).toBe('kept')
    store.annotations.redo(id)
    expect(store.annotations.ofFrame(id, 8)).toHaveLength(1)
  })

  test('nothing left of what was asked for: the frames stay and say why', () => {
    const id = videoTask({ startFrame: 5 })
    expect(store.frames.fitVideo(id, 5)).toBe('kept')
    expect(store.tasks.get(id)).toMatchObject({ size: 5, problemCount: 5 })
  })
})

describe('a video that moved', () => {
  const there = { ...FILE, path: '/other/b.mp4', mtimeMs: 5 }

  test('keeps its index and its annotations', () => {
    const id = videoTask()
    createHand(store, id).draw({ frame: 3 })
    store.videos.save(FILE, indexOf(10, { verified: true }))
    store.frames.relocateVideo(id, there, FACTS)
    expect(store.tasks.get(id)).toMatchObject({ mediaPaths: [there.path], objectCount: 1 })
    expect(store.tasks.get(id).video?.verified).toBe(true)
    expect(store.videos.find(there)?.pts).toHaveLength(10)
    expect(store.frames.record(id, 3).location.source).toEqual({ kind: 'video', path: there.path })
  })

  test('another file has an index of its own', () => {
    const id = videoTask()
    store.videos.save(FILE, indexOf(10, { verified: true }))
    store.frames.relocateVideo(id, { ...there, fingerprint: 'x' }, { ...FACTS, width: 320 })
    expect(store.videos.find(there)).toBeNull()
    expect(store.tasks.get(id).video).toMatchObject({ width: 320, verified: false })
  })
})
