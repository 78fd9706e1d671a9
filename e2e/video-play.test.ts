/** A video as a person watches and searches it: step, play both ways, scrub, jump to a time; every frame is the right one. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './harness/chromium.ts'
import { fieldmark } from './harness/cli.ts'
import { frameShown, type OpenWorkspace, openWorkspace } from './harness/workspace.ts'

/** 180 frames of 640 x 360 at 30 a second. */
const VIDEO = fileURLToPath(new URL('../resources/sample/video/desk.mp4', import.meta.url))
const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const LAST = 179
/** Levels: FFmpeg's own conversion cuts fractions off (about 1.1), and the frame beside a frame differs by 2.4 at least. */
const SAME = 1.6
const PATIENT_MS = 30_000

declare global {
  interface Window {
    /** What the canvas painted last. */
    painted: ImageBitmap | null
  }
}

describe.skipIf(chromiumPath === null)('a video', () => {
  let open: OpenWorkspace
  let page: Page
  let out: string

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    out = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-video-'))
    open = await openWorkspace([{ name: 'thing' }], [VIDEO])
    page = open.page
    await page.evaluate(rememberPainted)
  }, 120_000)

  afterAll(async () => {
    await open?.close()
    await rm(out, { recursive: true, force: true })
  })

  test('the next and the previous frame are what the command line writes', async () => {
    await page.keyboard.press('f')
    await expectPixelsOf(1)
    await page.keyboard.press('f')
    await page.keyboard.press('f')
    await expectPixelsOf(3)
    await page.keyboard.press('d')
    await expectPixelsOf(2)
    await page.screenshot({ path: join(ARTIFACTS, 'video.png') })
  })

  test('a number and a time lead to their frames', async () => {
    await goTo('117')
    await expectPixelsOf(117)
    await goTo('0:03.5')
    await expectPixelsOf(105)
    await goTo('@1.01')
    await expectPixelsOf(30)
    await page.getByText('0:01.000', { exact: true }).waitFor()
  })

  test('it plays, pauses on a frame, and plays backwards to its beginning', async () => {
    await goTo('20')
    await expect.poll(() => frameShown(page), { timeout: PATIENT_MS }).toBe('20')
    await page.keyboard.press('Space')
    await expect
      .poll(async () => Number(await frameShown(page)), { timeout: PATIENT_MS })
      .toBeGreaterThan(30)
    await page.keyboard.press('Space')
    const paused = await restingFrame()
    await expectPixelsOf(paused)
    await page.keyboard.press('Shift+Space')
    await expect.poll(() => frameShown(page), { timeout: PATIENT_MS }).toBe('0')
    await page.getByRole('button', { name: 'Play or pause', pressed: false }).waitFor()
    await expectPixelsOf(0)
  })

  test('it plays faster by a key, and ends by itself at the last frame', async () => {
    await goTo('100')
    await expect.poll(() => frameShown(page), { timeout: PATIENT_MS }).toBe('100')
    await page.keyboard.press('>')
    await page.getByRole('button', { name: 'Speed: 2×' }).waitFor()
    await page.keyboard.press('Space')
    await expect.poll(() => frameShown(page), { timeout: PATIENT_MS }).toBe(String(LAST))
    await page.getByRole('button', { name: 'Play or pause', pressed: false }).waitFor()
    await page.getByRole('button', { name: 'Speed: 2×' }).click()
    await page.screenshot({ path: join(ARTIFACTS, 'video-speed.png') })
    await page.getByRole('menuitemradio', { name: /^1×/ }).click()
    await page.getByRole('button', { name: 'Speed: 1×' }).waitFor()
  })

  test('a hand that races along the slider ends on the exact picture of its frame', async () => {
    const slider = page.getByRole('slider', { name: 'Frame' })
    const box = await slider.boundingBox()
    if (!box) throw new Error('no slider')
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + 10, y)
    await page.mouse.down()
    for (let x = 10; x < box.width - 60; x += 4) await page.mouse.move(box.x + x, y)
    await page.mouse.up()
    const frame = Number(await slider.inputValue())
    expect(frame).toBeGreaterThan(100)
    await expectPixelsOf(frame)
  })

  async function goTo(text: string): Promise<void> {
    await page.keyboard.press('`')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  async function restingFrame(): Promise<number> {
    await page.getByRole('button', { name: 'Play or pause', pressed: false }).waitFor()
    return Number(await frameShown(page))
  }

  /** The picture on screen is that of the frame, to the rounding of one conversion and another. */
  async function expectPixelsOf(frame: number): Promise<void> {
    await expect.poll(() => frameShown(page), { timeout: PATIENT_MS }).toBe(String(frame))
    const expected = await written(frame)
    const differs = async () => meanDifference(await shownPixels(page), expected)
    await expect.poll(differs, { timeout: PATIENT_MS }).toBeLessThan(SAME)
  }

  /** RGB of the frame as `fieldmark task frames --quality original` writes it. */
  async function written(frame: number): Promise<Uint8Array> {
    const dir = join(out, String(frame))
    const args = ['task', 'frames', String(open.taskId), String(frame), '--outdir', dir]
    const { code, err } = await fieldmark(open.dataDir, ...args, '--quality', 'original')
    expect(err.includes('Error') ? err : code).toBe(0)
    const [name = ''] = await readdir(dir)
    return sharp(join(dir, name)).removeAlpha().raw().toBuffer()
  }
})

/** Runs in the page: keeps what the canvas paints, before it is scaled. */
function rememberPainted(): void {
  window.painted = null
  const prototype = CanvasRenderingContext2D.prototype
  const draw = prototype.drawImage as (...args: unknown[]) => void
  prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
    if (args[0] instanceof ImageBitmap) window.painted = args[0]
    draw.apply(this, args)
  } as typeof prototype.drawImage
}

async function shownPixels(page: Page): Promise<Uint8Array> {
  const text = await page.evaluate(() => {
    const bitmap = window.painted
    if (!bitmap || bitmap.width === 0) return ''
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    if (!context) return ''
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    const rgb: string[] = []
    for (let at = 0; at < data.length; at += 4)
      rgb.push(String.fromCharCode(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0))
    return btoa(rgb.join(''))
  })
  return Buffer.from(text, 'base64')
}

/** Levels of 255 a channel; infinite for pictures of different sizes. */
function meanDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0))
  return sum / a.length
}
