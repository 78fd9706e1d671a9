/**
 * Opening a video of hours through the whole core, from the request to make a task to the bytes of its first frame, beside
 * FFmpeg's own opening and first decode in the same rounds. The file is looped together by the `ffmpeg` program of the machine
 * (kept in the temporary directory) unless one is given. Usage: node bench/video-open.bench.ts [--file F] [--hours 2] [--rounds 5]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { composeCore } from '#main/core/compose.ts'
import type { Core } from '#main/core/core.ts'
import type { TaskId } from '#shared/domain/ids.ts'

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    hours: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
  },
})
const file = values.file ?? loopedSample(Number(values.hours))
const SETTLE_MS = 2000
const rows = new Map<string, number[]>()
let frames = 0

for (let round = 0; round < Number(values.rounds); round += 1) {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldmark-bench-video-'))
  const core = await composeCore({ dataDir })
  // As a window does when it comes up, which takes as long: its worker thread is warm by then.
  core.announce({ url: 'http://127.0.0.1:9', token: 'none' })
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  await open(core)
  await core.close()
  rmSync(dataDir, { recursive: true, force: true })
  const peer = ['-v', 'error', '-i', file, '-frames:v', '1', '-f', 'null', '-']
  await timed('peer: ffmpeg, first frame decoded, as a process', () =>
    execFileSync('ffmpeg', peer, { stdio: 'ignore' }),
  )
}
report()

/** As a window does: ask for the task, show the preview as soon as it is told, then the frame itself. */
async function open(core: Core): Promise<void> {
  const began = performance.now()
  const told = new Promise<TaskId>((resolve) => {
    core.events.subscribe((_id, event) => {
      if (event.type === 'preview') resolve(event.taskId)
    })
  })
  const listed = new Promise<TaskId>((resolve) => {
    core.events.subscribe((_id, event) => {
      if (event.type === 'task' && event.task?.mediaState === 'ready') resolve(event.task.id)
    })
  })
  await core.client.tasks.open({ paths: [file] })
  await core.previewBytes(await told)
  note('preview of the first frame', performance.now() - began)
  const taskId = await listed
  note('task ready, every frame listed', performance.now() - began)
  await core.frameBytes(taskId, 0, 'display')
  note('first frame, exact', performance.now() - began)
  frames = (await core.client.tasks.get({ id: taskId })).size
  await timed('a frame in the middle, packets not yet read', () =>
    core.frameBytes(taskId, frames >> 1, 'display'),
  )
}

function note(name: string, ms: number): void {
  rows.set(name, [...(rows.get(name) ?? []), ms])
}

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<void> {
  const began = performance.now()
  await work()
  note(name, performance.now() - began)
}

function loopedSample(hours: number): string {
  const path = join(tmpdir(), `fieldmark-bench-video-${hours}h.mp4`)
  const sample = join(import.meta.dirname, '../resources/sample/video/desk.mp4')
  const loops = String(Math.ceil((hours * 3600) / 6))
  const copy = ['-v', 'error', '-y', '-stream_loop', loops, '-i', sample, '-c', 'copy', path]
  if (!existsSync(path)) execFileSync('ffmpeg', copy)
  return path
}

function report(): void {
  const figures = [...rows].map(([what, ms]) => {
    const ordered = ms.toSorted((a, b) => a - b)
    return { what, medianMs: ordered[ordered.length >> 1] ?? 0, worstMs: ordered.at(-1) ?? 0 }
  })
  console.log(`${file}, ${frames.toLocaleString('en')} frames\n`)
  console.log(`| ${'step'.padEnd(50)} | median ms | worst ms |\n|---|---:|---:|`)
  for (const { what, medianMs, worstMs } of figures)
    console.log(
      `| ${what.padEnd(50)} | ${medianMs.toFixed(0).padStart(9)} | ${worstMs.toFixed(0).padStart(8)} |`,
    )
  const out = process.env.BENCH_OUT
  if (out) writeFileSync(out, `${JSON.stringify({ file, frames, figures }, null, 2)}\n`)
}
