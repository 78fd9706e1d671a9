/** Videos on the command line, as processes of their own. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ErrorBody } from '#shared/domain/request.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { fieldmark, fieldmarkJson, SAMPLE, scratch } from './harness/cli.ts'

// Real processes on a machine that may be busy: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const desk = join(SAMPLE, 'video/desk.mp4')
type Made = Task & { readonly jobs: readonly Job[] }

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.remove())

const create = (...more: string[]) =>
  fieldmarkJson<Made>(place.data, 'task', 'create', 'cars', desk, '--labels', '[]', ...more)

test('a video is a task, checked from end to end', async () => {
  const task = await create()
  const video = { width: 640, height: 360, frameRate: 30, codec: 'h264', problems: [] }
  expect(task).toMatchObject({ mode: 'interpolation', size: 180, video })
  expect(task.video?.verified).toBe(true)
  expect(await fieldmarkJson<Task[]>(place.data, 'task', 'ls')).toMatchObject([{ id: task.id }])
  expect((await fieldmark(place.data, 'task', 'ls')).out).toMatch(/1 +interpolation +180 /)
})

describe('jobs', () => {
  test('share five frames unless told otherwise', async () => {
    const { jobs } = await create('--segment-size', '100')
    expect(jobs.map(({ startFrame, stopFrame }) => [startFrame, stopFrame])).toEqual([
      [0, 99],
      [95, 179],
    ])
    const cut = [
      '--segment-size',
      '30',
      '--overlap',
      '0',
      '--start-frame',
      '100',
      '--frame-step',
      '2',
    ]
    const other = await create(...cut)
    expect(other).toMatchObject({ size: 40, overlap: 0, startFrame: 100, stopFrame: 178 })
    expect(other.jobs.map(({ stopFrame }) => stopFrame)).toEqual([29, 39])
  })
})

describe('frames', () => {
  const rgb = async (path: string) => sharp(path).raw().toBuffer({ resolveWithObject: true })

  test('are saved as PNG, ranges in one go, the same alone as in a row', async () => {
    await create()
    const [rows, alone] = [join(place.dir, 'rows'), join(place.dir, 'alone')]
    const args = ['task', 'frames', '1']
    await fieldmarkJson(place.data, ...args, '60-69', '3', '60', '--outdir', rows)
    await fieldmarkJson(place.data, ...args, '66', '--outdir', alone)
    const names = [3, ...Array.from({ length: 10 }, (_, at) => 60 + at)].map(
      (n) => `task_1_frame_${String(n).padStart(6, '0')}.png`,
    )
    expect((await readdir(rows)).sort()).toEqual(names)
    const name = 'task_1_frame_000066.png'
    const { data, info } = await rgb(join(alone, name))
    expect([info.width, info.height]).toEqual([640, 360])
    expect(data.equals((await rgb(join(rows, name))).data)).toBe(true)
    expect(data.equals((await rgb(join(rows, 'task_1_frame_000065.png'))).data)).toBe(false)
  })

  test('compressed are JPEG', async () => {
    await create()
    await fieldmarkJson(
      place.data,
      ...['task', 'frames', '1', '179', '--quality', 'compressed', '--outdir', place.dir],
    )
    const { format, width } = await sharp(join(place.dir, 'task_1_frame_000179.jpg')).metadata()
    expect([format, width]).toEqual(['jpeg', 640])
  })

  test('beyond the end are refused', async () => {
    await create()
    const { code, out } = await fieldmark(place.data, '--json', 'task', 'frames', '1', '170-180')
    expect(code).toBe(1)
    expect((JSON.parse(out) as { error: ErrorBody }).error.code).toBe('NOT_FOUND')
  })
})

test('a video cut short has the frames it has, and says what is wrong', async () => {
  const cut = join(place.dir, 'cut.mp4')
  await writeFile(cut, (await readFile(desk)).subarray(0, 100_000))
  const { code, out, err } = await fieldmark(
    place.data,
    ...['--json', 'task', 'create', 'cut', cut, '--labels', '[]'],
  )
  expect(code).toBe(0)
  const { size } = JSON.parse(out) as Made
  expect(size).toBeGreaterThan(10)
  expect(size).toBeLessThan(180)
  expect(err).toContain(String(size))
})
