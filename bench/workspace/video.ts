import { execFileSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { fieldmarkJson } from '../../e2e/harness/cli.ts'
import { quantile } from '../samples.ts'

const FPS = 30
const SECONDS = 20
const LABELS = JSON.stringify([{ name: 'car' }])

/** 1080p30 H.264 of `frames` frames, a keyframe every 250: 20 s made by the machine's `ffmpeg`, then repeated. Kept for the next run. */
export function makeVideo(frames: number): string {
  const path = join(tmpdir(), `fieldmark-bench-1080p-${frames}.mp4`)
  if (existsSync(path)) return path
  const short = join(tmpdir(), 'fieldmark-bench-1080p-short.mp4')
  const source = `testsrc2=size=1920x1080:rate=${FPS}:duration=${SECONDS}`
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '250', '-pix_fmt', 'yuv420p']
  ffmpeg('-f', 'lavfi', '-i', source, ...codec, '-colorspace', 'bt709', short)
  const times = Math.ceil(frames / (FPS * SECONDS)) - 1
  const partial = `${path}.part.mp4`
  ffmpeg('-stream_loop', String(times), '-i', short, '-c', 'copy', partial)
  renameSync(partial, path)
  return path
}

function ffmpeg(...args: readonly string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** A task on the video; its id. The index is verified when this returns. */
export async function makeVideoTask(dataDir: string, path: string, name: string): Promise<number> {
  const args = ['task', 'create', name, '--labels', LABELS, path]
  return (await fieldmarkJson<{ id: number }>(dataDir, ...args)).id
}

/** `tracks` boxes wandering over the whole film, a keyframe every `every` frames. */
export async function addTracks(
  page: Page,
  wanted: { task: number; tracks: number; frames: number; every: number },
): Promise<void> {
  const refusal = await page.evaluate(async ({ task, tracks, frames, every }) => {
    const post = async (path: string, body: object) => {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(`/api${path}`, init)
      return (await response.json()) as { first: number; error?: unknown }
    }
    const told = (await (await fetch(`/api/tasks/${task}`)).json()) as { labels: { id: number }[] }
    const { first } = await post('/annotations/ids', { count: tracks })
    const trackOf = (at: number) => ({
      ...{ kind: 'track', id: first + at, frame: 0, labelId: told.labels[0]?.id, group: 0 },
      ...{ source: 'manual', attributes: [], type: 'rectangle' },
      keyframes: Array.from({ length: Math.ceil(frames / every) }, (_, k) => {
        const x = 900 + 800 * Math.sin(k / 7 + at)
        const y = 500 + 400 * Math.cos(k / 5 + 2 * at)
        return {
          ...{ frame: k * every, points: [x, y, x + 90, y + 60], rotation: 0, occluded: false },
          ...{ outside: false, zOrder: 0, elements: [], attributes: [] },
        }
      }),
    })
    const operations = Array.from({ length: tracks }, (_, at) => ({
      kind: 'create',
      after: trackOf(at),
    }))
    const step = { title: { key: 'draw', count: tracks }, frame: 0, operations }
    const body = { baseRevision: 0, clientStepId: crypto.randomUUID(), step }
    return (await post(`/tasks/${task}/annotations`, body)).error ?? null
  }, wanted)
  if (refusal) throw new Error(`the tracks were refused: ${JSON.stringify(refusal)}`)
}

export interface Played {
  /** Frames on the canvas a second. */
  readonly shownFps: number
  /** Seconds of film a second: 1 = it keeps its time. */
  readonly pace: number
  readonly dropped: number
  /** Between one frame shown and the next, ms. */
  readonly gap95: number
}

/** Space, and Space again after `seconds`. */
export async function play(page: Page, key: string, seconds: number): Promise<Played> {
  await watchFrames(page)
  await page.keyboard.press(key)
  // The first moments fill the look-ahead.
  await page.waitForTimeout(1000)
  await page.evaluate(() => window.framesSeen.splice(0))
  await page.waitForTimeout(seconds * 1000)
  const seen = await page.evaluate(() => [...window.framesSeen])
  await page.keyboard.press(key)
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || first === last)
    return { shownFps: 0, pace: 0, dropped: 0, gap95: Number.NaN }
  const took = (last.atMs - first.atMs) / 1000
  const film = Math.abs(last.frame - first.frame)
  const gaps = seen.slice(1).map(({ atMs }, at) => atMs - (seen[at]?.atMs ?? atMs))
  return {
    shownFps: (seen.length - 1) / took,
    pace: film / FPS / took,
    dropped: film - (seen.length - 1),
    gap95: quantile(gaps, 0.95),
  }
}

declare global {
  interface Window {
    framesSeen: { frame: number; atMs: number }[]
  }
}

function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
    if (!host) throw new Error('no canvas')
    window.framesSeen = []
    new MutationObserver(() => {
      window.framesSeen.push({ frame: Number(host.dataset.frame), atMs: performance.now() })
    }).observe(host, { attributeFilter: ['data-frame'] })
  })
}

/**
 * The slider is set to places all over the film; from there until a picture of that very frame is painted, ms. The hand rests
 * nowhere: the next place follows as soon as the last one is seen.
 */
export async function scrub(page: Page, frames: number, count: number): Promise<number[]> {
  return page.evaluate(
    async ({ frames, count }) => {
      const slider = document.querySelector<HTMLInputElement>('input[type=range]')
      const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
      if (!slider || !host) throw new Error('no slider')
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      const took: number[] = []
      for (let at = 1; at <= count; at += 1) {
        const target = String((at * 7919) % frames)
        const start = performance.now()
        set?.call(slider, target)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        const { ms } = await window.probe.until(start, () => host.dataset.frame === target)
        took.push(ms)
      }
      return took
    },
    { frames, count },
  )
}
