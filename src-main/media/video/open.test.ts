import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, put } from '../testing/folder.ts'
import { cut, makeVideo, turnMatrix } from '../testing/videos.ts'
import { fromMatrix } from './display-matrix.ts'
import { probeVideo } from './open.ts'

const QUICK = { preset: 'ultrafast' }
const clip = { codec: 'libx264', frames: 12, options: QUICK }

test('what the container says', () => {
  const path = makeVideo(join(folderOf(), 'a.mp4'), clip)
  expect(probeVideo(path)).toMatchObject({
    width: 64,
    height: 48,
    rotation: 0,
    codec: 'h264',
    claimedFrames: 12,
    frameRate: 30,
  })
  expect(probeVideo(path).durationSec).toBeCloseTo(0.4, 2)
})

test('a number of frames is not believed where it is only a promise', () => {
  expect(probeVideo(makeVideo(join(folderOf(), 'a.mkv'), clip)).claimedFrames).toBeNull()
})

test.each([
  [0, 64, 48],
  [90, 48, 64],
  [180, 64, 48],
  [270, 48, 64],
] as const)('a file turned by %i degrees', (rotation, width, height) => {
  const path = makeVideo(join(folderOf(), 'a.mp4'), { ...clip, rotation })
  expect(probeVideo(path)).toMatchObject({ rotation, width, height })
})

test('a name with a colon is a file, not a protocol', () => {
  const path = makeVideo(`file:${join(folderOf(), 'a:b.mp4')}`, clip).slice(5)
  expect(probeVideo(path).codec).toBe('h264')
})

describe('a file that points to others is not followed', () => {
  const list = {
    concat: 'ffconcat version 1.0\nfile real.mp4\n',
    hls: '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nreal.mp4\n#EXT-X-ENDLIST\n',
    dash: `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"
      profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1"
      bandwidth="1" width="64" height="48"><BaseURL>real.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  }
  test.each([
    ['concat', 'a.mp4'],
    ['hls', 'a.m3u8'],
    ['dash', 'a.mp4'],
  ] as const)('%s as %s', (kind, name) => {
    const folder = folderOf()
    makeVideo(join(folder, 'real.mp4'), clip)
    const path = put(join(folder, name), list[kind])
    expect(() => probeVideo(path)).toThrow(
      expect.objectContaining({
        code: 'VIDEO_UNREADABLE',
        message: expect.stringMatching(/it is a playlist/),
      }),
    )
  })
})

describe('what cannot be opened is named', () => {
  test('a folder, and a link to itself', () => {
    const folder = folderOf()
    symlinkSync(join(folder, 'a.mp4'), join(folder, 'a.mp4'))
    for (const path of [folder, join(folder, 'a.mp4')])
      expect(() => probeVideo(path)).toThrow(expect.objectContaining({ code: 'VIDEO_UNREADABLE' }))
  })

  test.each([
    [
      'a movie cut short',
      () => cut(makeVideo(join(folderOf(), 'a.mp4'), clip), 0.5),
      'VIDEO_UNREADABLE',
      /moov atom not found/,
    ],
    [
      'no video at all',
      () => put(join(folderOf(), 'a.mp4'), 'not a video'),
      'VIDEO_UNREADABLE',
      /Invalid data found/,
    ],
    ['an empty file', () => put(join(folderOf(), 'a.mp4'), ''), 'VIDEO_UNREADABLE', /empty/],
    [
      'sound only',
      () => put(join(folderOf(), 'a.wav'), silence()),
      'VIDEO_NO_PICTURES',
      /only sound/,
    ],
    [
      'no frame',
      () =>
        makeVideo(join(folderOf(), 'a.mkv'), {
          ...clip,
          frames: 0,
        }),
      'VIDEO_NO_PICTURES',
      /not a single frame/,
    ],
    ['a file that is gone', () => join(folderOf(), 'a.mp4'), 'FRAME_MISSING', /no longer there/],
  ] as const)('%s', (_name, make, code, message) => {
    const path = make()
    expect(() => probeVideo(path)).toThrow(expect.objectContaining({ code }))
    expect(() => probeVideo(path)).toThrow(message)
  })
})

describe('display matrices', () => {
  const one = 65_536
  const matrix = (a: number, b: number, c: number, d: number) => [a, b, 0, c, d, 0, 0, 0, 1 << 30]
  test.each([
    ['nothing', matrix(one, 0, 0, one), 0, null],
    ['a quarter turn', turnMatrix(90), 90, null],
    ['half a turn', turnMatrix(180), 180, null],
    ['three quarters', turnMatrix(270), 270, null],
    ['mirrored left to right', matrix(-one, 0, 0, one), 0, 'hflip'],
    ['mirrored top to bottom', matrix(one, 0, 0, -one), 0, 'vflip'],
    ['mirrored on the diagonal', matrix(0, one, one, 0), 0, 'transpose=cclock_flip'],
    ['mirrored on the other diagonal', matrix(0, -one, -one, 0), 0, 'transpose=clock_flip'],
    ['an odd angle', turnMatrix(30), 0, 'rotate=30.000000*PI/180'],
    ['squeezed to nothing', matrix(0, 0, 0, 0), 0, null],
  ])('%s', (_name, given, rotation, filter) => {
    expect(fromMatrix(given)).toEqual({ rotation, filter })
  })
})

/** A WAV of 100 samples. */
function silence(): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + 200, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(200, 40)
  return Buffer.concat([head, Buffer.alloc(200)])
}
