import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { createJobRunner } from './job-runner.ts'
import { CANCELLED_UP_TO, type DecodeJob, type DecoderFlags, type FromDecoder } from './protocol.ts'
import { fakeIndex, fakeParts, type Mishap } from './testing/fake-parts.ts'

function runner({ mishap, polite = false }: { mishap?: Mishap; polite?: boolean } = {}) {
  const flags: DecoderFlags = {
    own: new Int32Array(new SharedArrayBuffer(8)),
    people: new Int32Array(new SharedArrayBuffer(4)),
  }
  const told = { decoded: [] as number[], kept: 0 }
  const heard: FromDecoder[] = []
  const settings = { path: '/v.mp4', index: fakeIndex(), flags, polite }
  const run = createJobRunner(settings, fakeParts(told, mishap), (message) => {
    heard.push(message)
  })
  return {
    flags,
    told,
    heard,
    run: (job: Partial<DecodeJob>) =>
      run({ type: 'run', job: { id: 1, as: 'raw', frames: [0], wanted: null, ...job } }),
    shown: () => heard.flatMap((message) => (message.type === 'frame' ? [message.frame.n] : [])),
    refused: () => heard.flatMap((message) => (message.type === 'failed' ? [message] : [])),
  }
}

const refuse = (n: number) => {
  throw new AppError('VIDEO_FRAME_UNREADABLE', { path: '/v.mp4', frame: n, detail: 'damaged' })
}

describe('one pass of a decoder', () => {
  test('frames go out as they come when nobody waits', () => {
    const { run, shown, heard } = runner()
    run({ frames: [3, 4, 5] })
    expect(shown()).toEqual([3, 4, 5])
    expect(heard.at(-1)).toEqual({ type: 'done', jobId: 1 })
  })

  test('the wanted one first, then the others, nearest first; nothing is held for good', () => {
    const { run, shown, told } = runner()
    run({ frames: [2, 3, 4, 5], wanted: 5 })
    expect(told.decoded).toEqual([2, 3, 4, 5])
    expect(shown()).toEqual([5, 4, 3, 2])
    expect(told.kept).toBe(0)
  })

  test('what comes after the wanted one is not held back', () => {
    const { run, shown } = runner()
    run({ frames: [4, 5, 6], wanted: 5 })
    expect(shown()).toEqual([5, 6, 4])
  })

  test('one frame that cannot be decoded does not keep the others', () => {
    const { run, shown, refused } = runner({ mishap: (n) => n === 4 && refuse(n) })
    run({ frames: [3, 4, 5] })
    expect(shown()).toEqual([3, 5])
    expect(refused()).toMatchObject([{ n: 4, failure: { code: 'VIDEO_FRAME_UNREADABLE' } }])
  })

  test('what nobody foresaw becomes a named error of the video, and the job ends', () => {
    const crash = () => {
      throw new TypeError('a bug')
    }
    const { run, refused, heard, told } = runner({ mishap: crash })
    run({ frames: [3, 4], wanted: 4 })
    const params = { path: '/v.mp4', detail: 'a bug' }
    expect(refused()).toMatchObject([{ n: null, failure: { code: 'VIDEO_UNREADABLE', params } }])
    expect(heard.at(-1)).toMatchObject({ type: 'done' })
    expect(told.kept).toBe(0)
  })

  test('a job that is no longer wanted stops between two frames and lets go of what it held', () => {
    const machine = runner({
      mishap: (n) => n === 5 && Atomics.store(machine.flags.own, CANCELLED_UP_TO, 1),
    })
    machine.run({ frames: [3, 4, 5, 6], wanted: 6 })
    expect(machine.shown()).toEqual([])
    expect(machine.told).toEqual({ decoded: [3, 4], kept: 0 })
    machine.run({ id: 2, frames: [6], wanted: 6 })
    expect(machine.shown()).toEqual([6])
  })

  test('a polite decoder stands back for people, and arrives all the same', () => {
    const { run, shown, flags } = runner({ polite: true })
    Atomics.store(flags.people, 0, 1)
    const began = performance.now()
    run({ frames: [3], wanted: 3, as: 'rgb' })
    expect(shown()).toEqual([3])
    expect(performance.now() - began).toBeGreaterThan(100)
  })
})
