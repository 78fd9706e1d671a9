/**
 * Video at 1080p: sequential decode beside the ffmpeg program, random frame-accurate seeks beside the decoder's own
 * minimum (the packets from the keyframe to the frame, already in memory, and nothing else), PyAV and OpenCV where there are any.
 * Usage: node bench/video-decode.bench.ts [--seeks 60] [--dir FOLDER with gop12.mp4 and gop250.mp4]; PYTHON names an interpreter.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Packet } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import { makeVideo } from '#main/media/testing/videos.ts'
import { decodeAllFrames } from '#main/media/video/decode-all.ts'
import { FrameStream } from '#main/media/video/frame-stream.ts'
import { lastUpTo } from '#main/media/video/frame-times.ts'
import { probeVideo } from '#main/media/video/open.ts'
import { readPacketIndex } from '#main/media/video/packets.ts'
import { openVideoSession } from '#main/media/video/session.ts'
import { ms, quantile, report, timed } from './samples.ts'

const { values } = parseArgs({
  options: { seeks: { type: 'string', default: '60' }, dir: { type: 'string' } },
})
const SEEKS = Number(values.seeks)
const FRAMES = 300
const never = { cancelled: () => false }
const root = mkdtempSync(join(tmpdir(), 'fieldmark-bench-video-'))
const rows: string[][] = [['1080p', 'what', 'ms a frame', 'p50 ms', 'p95 ms', 'p95 in floors']]

try {
  for (const gop of [12, 250]) measure(gop, given(gop) ?? made(gop))
  report(rows)
} finally {
  rmSync(root, { recursive: true })
}

function given(gop: number): string | null {
  const path = values.dir ? join(values.dir, `gop${gop}.mp4`) : ''
  return existsSync(path) ? path : null
}

function made(gop: number): string {
  return makeVideo(join(root, `gop${gop}.mp4`), {
    codec: 'libx264',
    frames: FRAMES,
    gop,
    bFrames: 2,
    width: 1920,
    height: 1080,
    options: { preset: 'veryfast', b: '12M', 'x264-params': 'scenecut=0' },
  })
}

function measure(gop: number, path: string): void {
  const name = `GOP ${gop}`
  const single = (what: string, each: number) => rows.push([name, what, ms(each), '', '', ''])
  single(
    'open, header only (once)',
    timed(() => probeVideo(path)),
  )
  single(
    'packets read (once)',
    timed(() => ended(readPacketIndex(path))),
  )
  let index: VideoIndex | null = null
  const whole = timed(() => {
    index = ended(decodeAllFrames(path))
  })
  if (index) measureDecode(name, path, index, whole)
}

function measureDecode(name: string, path: string, index: VideoIndex, whole: number): void {
  const count = index.pts.length
  const each = (what: string, total: number) =>
    rows.push([name, what, ms(total / count), '', '', ''])
  each(
    'decode, nothing else',
    timed(() => drain(path)),
  )
  each('decode with checksums and proofs (index)', whole)
  const ffmpeg = timed(() => spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']))
  if (ffmpeg > 20) each('peer: ffmpeg -f null', ffmpeg)
  const wanted = Array.from({ length: SEEKS }, (_, at) => (at * 7919 + 5) % count)
  measureSeeks(name, path, index, wanted)
}

function measureSeeks(
  name: string,
  path: string,
  index: VideoIndex,
  wanted: readonly number[],
): void {
  const session = openVideoSession(path, index)
  const floor = createFloor(path, index)
  const alone = { ...never, alone: true }
  const passing = { ...never, onPassed: () => undefined }
  const times = {
    floor: [] as number[],
    seek: [] as number[],
    alone: [] as number[],
    kept: [] as number[],
    next: [] as number[],
  }
  for (const n of wanted) {
    times.floor.push(timed(() => floor.decode(n)))
    session.decode(far(n, index), never)
    times.seek.push(timed(() => session.decode(n, never)))
    if (n + 1 < index.pts.length) times.next.push(timed(() => session.decode(n + 1, never)))
    session.decode(far(n, index), never)
    times.alone.push(timed(() => session.decode(n, alone)))
    session.decode(far(n, index), never)
    times.kept.push(timed(() => session.decode(n, passing)))
  }
  session.close()
  floor.close()
  const base = quantile(times.floor, 0.95)
  const row = (what: string, samples: readonly number[] | undefined) => {
    if (!samples) return
    const p95 = quantile(samples, 0.95)
    rows.push([name, what, '', ms(quantile(samples, 0.5)), ms(p95), ms(p95 / base)])
  }
  row('seek, floor: the needed packets alone', times.floor)
  row('seek, checked, nothing behind it decoded', times.alone)
  row('seek, checked, ready to go on', times.seek)
  row('seek, checked, every frame on the way too', times.kept)
  row('seek, peer: PyAV', pythonPeer('pyav', path, wanted))
  row('seek, peer: OpenCV', pythonPeer('opencv', path, wanted))
  row('the next frame after a seek', times.next)
}

/** A frame of another GOP, so that nothing of the wanted one's is decoded yet. */
function far(n: number, { pts, keyframes }: VideoIndex): number {
  const last = keyframes[keyframes.length - 1] ?? 0
  return n < pts.length / 2 ? last : 0
}

/** Decodes what a frame needs from packets in memory, in a decoder of the same kind. */
function createFloor(path: string, index: VideoIndex) {
  const stream = new FrameStream(path)
  const packets: Packet[] = []
  while (stream.read()) {
    const copy = stream.packet.clone()
    if (copy) packets.push(copy)
  }
  const placeOf = (n: number) => packets.findIndex(({ pts }) => Number(pts) === index.pts[n])
  return {
    decode(n: number): void {
      const keyframe = index.keyframes[lastUpTo(index.keyframes, n)] ?? 0
      const [from, to] = [placeOf(keyframe), placeOf(n)]
      const { decoder } = stream
      decoder.empty()
      for (const packet of packets.slice(from, to + 1)) {
        decoder.feed(packet)
        while (decoder.receive() === 0) if (decoder.mark()?.number === to - from) return
      }
      decoder.finish()
      while (decoder.receive() === 0) if (decoder.mark()?.number === to - from) return
    },
    close: () => {
      for (const packet of packets) packet.free()
      stream.close()
    },
  }
}

/** Milliseconds of each seek; undefined where no interpreter has this peer. */
function pythonPeer(
  peer: 'pyav' | 'opencv',
  path: string,
  wanted: readonly number[],
): number[] | undefined {
  const script = join(import.meta.dirname, 'video-peer.py')
  for (const python of [process.env.PYTHON, 'python3', '/usr/bin/python3']) {
    if (!python) continue
    const args = [script, peer, path, ...wanted.map(String)]
    const { status, stdout } = spawnSync(python, args, { timeout: 180_000 })
    if (status === 0) return JSON.parse(stdout.toString())
  }
  return undefined
}

function drain(path: string): void {
  const stream = new FrameStream(path)
  while (stream.pull(() => false) === 'frame');
  stream.close()
}

function ended<T>(steps: Generator<number, T>): T {
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
