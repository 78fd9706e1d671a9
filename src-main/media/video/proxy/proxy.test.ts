import { mkdirSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { VideoStamp } from '../../../core/ports.ts'
import { loadSharp } from '../../decode/sharp.ts'
import { folderOf } from '../../testing/folder.ts'
import { type Clip, makeVideo } from '../../testing/videos.ts'
import { probeVideo } from '../open.ts'
import { openVideoSession } from '../session.ts'
import { FOOTER_BYTES, type ProxyFacts, readFooter, writeFooter } from './layout.ts'
import { proxiesDir, proxyName, sweepProxies } from './proxies-dir.ts'
import { createProxyShelf } from './read-proxy.ts'
import { hasRoomForProxy, isProxyWorth, proxyBytes, proxySize } from './when.ts'
import { writeProxy } from './write-proxy.ts'

const GB = 1024 ** 3
const LONG: Clip = { codec: 'libx264', frames: 20, gop: 250, options: { preset: 'ultrafast' } }

describe('whether a proxy is made', () => {
  test.each([
    ['a keyframe every 12', [0, 12, 24, 36], 48, false],
    ['a keyframe every 250', [0, 250, 500], 600, true],
    ['one long gap among short ones', [0, 5, 10, 50, 55], 60, true],
    ['a long tail', [0, 5, 10], 60, true],
    ['a single frame', [0], 1, false],
  ])('%s', (_name, keyframes, frames, isWorth) => {
    expect(isProxyWorth(Uint32Array.from(keyframes), frames)).toBe(isWorth)
  })

  test('not on a small disk, and never for more than a twentieth of what is free', () => {
    expect(hasRoomForProxy('/', 1, 4 * GB)).toBe(false)
    expect(hasRoomForProxy('/', 1, 6 * GB)).toBe(true)
    expect(hasRoomForProxy('/', GB, 19 * GB)).toBe(false)
    expect(hasRoomForProxy('/', GB, 21 * GB)).toBe(true)
    expect(hasRoomForProxy('/no/such/folder', 1)).toBe(false)
  })

  test('its pictures are small and keep their shape; small ones stay as they are', () => {
    expect(proxySize({ width: 1920, height: 1080 })).toEqual({ width: 480, height: 270 })
    expect(proxySize({ width: 1080, height: 1920 })).toEqual({ width: 270, height: 480 })
    expect(proxySize({ width: 64, height: 48 })).toEqual({ width: 64, height: 48 })
    expect(proxyBytes({ width: 1920, height: 1080 }, 216_000)).toBeLessThan(3 * GB)
  })
})

describe('the footer', () => {
  const facts: fc.Arbitrary<ProxyFacts> = fc.record({
    frames: fc.nat(1_000_000),
    width: fc.nat(480),
    height: fc.nat(480),
    rotation: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
    uprightWidth: fc.nat(10_000),
    uprightHeight: fc.nat(10_000),
    tableAt: fc.nat(2 ** 31 - 1).map((at) => at * 4),
  })

  test('comes back as it was written, in a file of the size it says', () => {
    fc.assert(
      fc.property(facts, (written) => {
        const size = written.tableAt + 8 * (written.frames + 1) + FOOTER_BYTES
        expect(readFooter(writeFooter(written), size)).toEqual(written)
        expect(readFooter(writeFooter(written), size - 1)).toBeNull()
      }),
    )
  })

  test('anything else is none', () => {
    expect(readFooter(new Uint8Array(FOOTER_BYTES), FOOTER_BYTES)).toBeNull()
    expect(readFooter(new Uint8Array(3), 3)).toBeNull()
  })
})

interface Made {
  readonly cacheDir: string
  readonly stamp: VideoStamp
  readonly file: string
}

/** A clip and its proxy, as a whole decode makes it. */
function made(clip: Clip = LONG): Made {
  const root = folderOf()
  const path = makeVideo(join(root, 'a.mp4'), clip)
  const { size, mtimeMs } = statSync(path)
  const stamp = { path, sizeBytes: size, mtimeMs }
  const cacheDir = join(root, 'cache')
  const dir = proxiesDir(cacheDir)
  mkdirSync(dir, { recursive: true })
  const file = join(dir, proxyName(stamp))
  const writer = writeProxy(file, dir, probeVideo(path))
  const session = openVideoSession(path, null)
  for (let n = 0; n < (clip.frames ?? 0); n++) {
    const frame = session.decode(n, { cancelled: () => false })
    if (frame) writer.add(n, frame)
  }
  session.close()
  writer.finish()
  return { cacheDir, stamp, file }
}

function shelfOf({ cacheDir }: Made) {
  const shelf = createProxyShelf(cacheDir)
  onTestFinished(() => shelf.close())
  return shelf
}

describe('a proxy', () => {
  test('has a picture for each frame: the one with its own bar in it', async () => {
    const whole = made()
    const proxy = await shelfOf(whole).find(whole.stamp)
    expect(proxy?.facts).toMatchObject({ frames: 20, width: 64, height: 48, rotation: 0 })
    for (const n of [0, 7, 19]) expect(await brightestColumn(await proxy?.jpeg(n))).toBe(n % 16)
    expect(await proxy?.jpeg(20)).toBeNull()
  })

  test('of a video on its side holds the pictures as decoded, and says how to turn them', async () => {
    const whole = made({ ...LONG, rotation: 90 })
    const proxy = await shelfOf(whole).find(whole.stamp)
    expect(proxy?.facts).toMatchObject({ width: 64, height: 48, uprightWidth: 48 })
    expect(proxy?.facts.rotation).toBe(probeVideo(whole.stamp.path).rotation)
  })

  test('is that of the file as it is now, not as it was', async () => {
    const whole = made()
    const changed = { ...whole.stamp, mtimeMs: whole.stamp.mtimeMs + 1 }
    expect(await shelfOf(whole).find(changed)).toBeNull()
  })

  test('that was cut short is none, and is thrown away', async () => {
    const whole = made()
    truncateSync(whole.file, statSync(whole.file).size - 100)
    expect(await shelfOf(whole).find(whole.stamp)).toBeNull()
    expect(readdirSync(proxiesDir(whole.cacheDir))).toEqual([])
  })

  test('is not there before it is finished, and leaves nothing when it is given up', () => {
    const { stamp, cacheDir } = made()
    const dir = proxiesDir(cacheDir)
    const writer = writeProxy(join(dir, 'other.proxy'), dir, probeVideo(stamp.path))
    expect(readdirSync(dir)).toHaveLength(2)
    expect(readdirSync(dir)).not.toContain('other.proxy')
    writer.discard()
    expect(readdirSync(dir)).toEqual([proxyName(stamp)])
  })
})

test('what a crash left half written is swept, what is being written stays', async () => {
  const dir = folderOf({ 'old.proxy.1.2.part': 'x', 'new.proxy.3.4.part': 'x', 'a.proxy': 'x' })
  utimesSync(join(dir, 'old.proxy.1.2.part'), 1, 1)
  sweepProxies(dir)
  expect(readdirSync(dir).sort()).toEqual(['a.proxy', 'new.proxy.3.4.part'])
})

test('beyond their bound the one that was not used for the longest goes', async () => {
  const dir = folderOf()
  for (const [k, name] of ['a.proxy', 'b.proxy', 'c.proxy'].entries()) {
    writeFileSync(join(dir, name), new Uint8Array(100))
    utimesSync(join(dir, name), 1000 + k, 1000 + k)
  }
  sweepProxies(dir, 250)
  await expect.poll(() => readdirSync(dir).sort()).toEqual(['b.proxy', 'c.proxy'])
})

/** Test clips have a bright bar four pixels wide whose place is the frame's number. */
async function brightestColumn(jpeg: Uint8Array | null | undefined): Promise<number> {
  if (!jpeg) throw new Error('no picture')
  const sharp = await loadSharp()
  const grey = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true })
  const sums = Array.from({ length: 16 }, () => 0)
  for (const [at, value] of grey.data.entries()) {
    const column = (at % grey.info.width) >> 2
    sums[column] = (sums[column] ?? 0) + value
  }
  return sums.indexOf(Math.max(...sums))
}
