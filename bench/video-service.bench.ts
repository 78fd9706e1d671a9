/**
 * Frames of a 1080p30 video at the HTTP door of a served Fieldmark, as the page asks for them: next and previous frame with
 * time to decode ahead and without, far jumps, scrubbing on the proxy, the timeline's strip. The floor beside them is the
 * decoder's own, in this process and without a door: one frame after the other, and the same jumps.
 * Usage: node bench/video-service.bench.ts [--frames 600] [files…]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createVideoIndexer } from '#main/media/index.ts'
import { makeVideo } from '#main/media/testing/videos.ts'
import { openVideoSession } from '#main/media/video/session.ts'
import { readRawFrame } from '#shared/media/raw-frame.ts'
import { fieldmarkJson } from '../e2e/harness/cli.ts'
import { serveApp } from '../e2e/harness/served-app.ts'
import { ms, quantile, report } from './samples.ts'

const { values, positionals } = parseArgs({
  options: { frames: { type: 'string', default: '600' } },
  allowPositionals: true,
})
const FRAMES = Number(values.frames)
const STEPS = 150
const JUMPS = 20
/** A key held down. */
const STEP_MS = 33
/** A person looks at what they jumped to; decoding ahead has time to end. */
const LOOK_MS = 700

const root = mkdtempSync(join(tmpdir(), 'fieldmark-bench-video-'))
const files = positionals.length > 0 ? positionals : [12, 250].map(clip)
const rows = [['1080p30 H.264, at the HTTP door, ms', 'n', 'p50', 'p95', 'worst']]
try {
  for (const file of files) await measure(file)
} finally {
  rmSync(root, { recursive: true, force: true })
}
report(rows)

function clip(gop: number): string {
  const options = { preset: 'veryfast', 'x264-params': 'scenecut=0' }
  const size = { width: 1920, height: 1080 }
  const made = { codec: 'libx264', frames: FRAMES, gop, bFrames: 2, options, ...size }
  return makeVideo(join(root, `gop-${gop}.mp4`), made)
}

async function measure(file: string): Promise<void> {
  const name = basename(file)
  const add = (what: string, times: readonly number[]) => {
    const cells = [0.5, 0.95, 1].map((share) => ms(quantile(times, share)))
    rows.push([`${name}: ${what}`, String(times.length), ...cells])
  }
  const data = join(root, `data-${name}`)
  const { id, size } = await taskOf(data, file)
  const jumps = Array.from({ length: JUMPS }, (_, k) => (k * 7919 + 4000) % size)
  const floor = await floorOf(file, jumps)
  add('floor: the decoder, one after the other', floor.steps)
  add('floor: the decoder, far jumps', floor.jumps)
  const app = await serveApp(data)
  try {
    const door = doorOf(app.url, id)
    add('first frame after the start', [await door.frame(0)])
    await pause(LOOK_MS)
    add('next frame, 30 a second', await walk(door, { from: 1, by: 1, everyMs: STEP_MS }))
    add('next frame, no time between', await walk(door, { from: 200, by: 1, everyMs: 0 }))
    add('previous frame, 30 a second', await walk(door, { from: 420, by: -1, everyMs: STEP_MS }))
    add('previous frame, no time between', await walk(door, { from: 590, by: -1, everyMs: 0 }))
    add('far jumps', await door.each(jumps, 'display', LOOK_MS))
    const scrubbed = Array.from({ length: 100 }, (_, k) => (k * 5077 + 33) % size)
    add('scrubbing (quality=proxy)', await door.each(scrubbed, 'proxy', 0))
    add('strip of 40, first time and again', [await door.strip(size), await door.strip(size)])
  } finally {
    await app.stop()
  }
}

interface Task {
  readonly id: number
  readonly size: number
}

/** A task of the video, its index and its proxy made. */
async function taskOf(data: string, file: string): Promise<Task> {
  await fieldmarkJson(data, 'task', 'create', 'Bench', file, '--labels', '[]')
  const list = await fieldmarkJson<{ tasks?: Task[] } | Task[]>(data, 'task', 'ls')
  const task = (Array.isArray(list) ? list : list.tasks)?.[0]
  if (!task) throw new Error('no task was made')
  await untilVerified(data, task.id)
  return task
}

async function untilVerified(data: string, id: number): Promise<void> {
  const app = await serveApp(data)
  const { origin, searchParams } = new URL(app.url)
  const headers = { Authorization: `Bearer ${searchParams.get('token')}` }
  for (let isVerified = false; !isVerified; await pause(200)) {
    const response = await fetch(`${origin}/api/tasks/${id}`, { headers })
    const task = (await response.json()) as { video: { verified: boolean } | null }
    isVerified = task.video?.verified ?? false
  }
  await app.stop()
}

async function floorOf(file: string, jumps: readonly number[]) {
  const indexer = createVideoIndexer({ cacheDir: root, findIndex: () => null })
  const work = { signal: new AbortController().signal, progress: () => {} }
  const index = await indexer.decodeAll(file, work)
  const session = openVideoSession(file, index)
  const timed = (n: number) => {
    const began = performance.now()
    session.decode(n, { cancelled: () => false })
    return performance.now() - began
  }
  const steps = Array.from({ length: STEPS }, (_, n) => timed(n)).slice(20)
  const times = { steps, jumps: jumps.map(timed) }
  session.close()
  return times
}

function doorOf(url: string, taskId: number) {
  const { origin, searchParams } = new URL(url)
  const headers = { Authorization: `Bearer ${searchParams.get('token')}` }
  const get = async (path: string) => {
    const began = performance.now()
    const response = await fetch(`${origin}/frames/${taskId}/${path}`, { headers })
    const bytes = await response.arrayBuffer()
    if (!response.ok) throw new Error(Buffer.from(bytes).toString())
    return { bytes, took: performance.now() - began }
  }
  const frame = async (n: number, quality = 'display') => {
    const { bytes, took } = await get(`${n}?quality=${quality}`)
    const { header } = readRawFrame(bytes)
    if (header.frame !== n) throw new Error(`asked for frame ${n}, got ${header.frame}`)
    return took
  }
  return {
    frame,
    strip: async (size: number) => (await get(`strip?from=0&to=${size - 1}&count=40`)).took,
    async each(numbers: readonly number[], quality: string, lookMs: number) {
      const times: number[] = []
      for (const n of numbers) {
        times.push(await frame(n, quality))
        await pause(lookMs)
      }
      return times
    },
  }
}

interface Walk {
  readonly from: number
  readonly by: 1 | -1
  readonly everyMs: number
}

async function walk(door: ReturnType<typeof doorOf>, { from, by, everyMs }: Walk) {
  const times: number[] = []
  for (let k = 0; k < STEPS; k++) {
    const took = await door.frame(from + k * by)
    // The first one is a jump.
    if (k > 0) times.push(took)
    if (everyMs > 0) await pause(Math.max(1, everyMs - took))
  }
  return times
}
