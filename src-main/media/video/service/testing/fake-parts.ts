import type { Frame } from 'node-av/lib'
import { AppError } from '#shared/errors/app-error.ts'
import { RAW_HEADER_BYTES } from '#shared/media/raw-frame.ts'
import type { VideoIndex } from '../../../../core/ports.ts'
import type { DecoderParts } from '../job-runner.ts'

export const FAKE_FRAMES = 200

/** An index of a made-up video, a keyframe every `gop` frames. */
export function fakeIndex(gop = 250, frames = FAKE_FRAMES): VideoIndex {
  return {
    facts: {
      width: 4,
      height: 2,
      rotation: 0,
      codec: 'fake',
      container: 'fake',
      claimedFrames: frames,
      durationSec: frames / 30,
      frameRate: 30,
      timeBase: { num: 1, den: 30 },
    },
    pts: Float64Array.from({ length: frames }, (_, n) => n),
    keyframes: Uint32Array.from({ length: Math.ceil(frames / gop) }, (_, k) => k * gop),
    checksums: new Uint32Array(frames),
    verified: true,
    problems: [],
  }
}

/** What the fake session does at some frames instead of decoding them. */
export type Mishap = (n: number) => void

/** A decoder whose frames are numbers. @param told  takes down what it was asked for */
export function fakeParts(told: { decoded: number[]; kept: number }, mishap: Mishap = () => {}) {
  const frameOf = (n: number) => {
    const clone = () => {
      told.kept += 1
      return { ...frameOf(n), free: () => (told.kept -= 1) }
    }
    return { pts: BigInt(n), clone, free: () => {} } as unknown as Frame
  }
  const picture = () => ({ width: 4, height: 2, rgb: new Uint8Array(24) })
  const parts: DecoderParts = {
    open: (path, index) => ({
      index: index ?? fakeIndex(),
      useIndex: () => {},
      decode(n, { cancelled }) {
        mishap(n)
        if (cancelled()) return null
        if (n >= FAKE_FRAMES)
          throw new AppError('VIDEO_FRAME_UNREADABLE', { path, frame: n, detail: 'the end' })
        told.decoded.push(n)
        return frameOf(n)
      },
      close: () => {},
    }),
    toRaw: () => ({
      bytes: new Uint8Array(RAW_HEADER_BYTES + 12),
      header: {
        format: 'I420',
        matrix: 'bt709',
        fullRange: false,
        width: 4,
        height: 2,
        rotation: 0,
      },
    }),
    toRgb: picture,
    toSmall: picture,
  }
  return parts
}
