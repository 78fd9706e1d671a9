/** One video file as it is now: two decoders before it at most, and its share of the ring. */
import type { VideoIndex, VideoStamp } from '../../../core/ports.ts'
import type { StartDecoder } from './decoder.ts'
import { createLane } from './lane.ts'
import {
  type Box,
  type DecodeAs,
  type DecodedFrame,
  outlineOf,
  type VideoOutline,
} from './protocol.ts'
import type { FrameRing, RingFrame } from './ring.ts'
import { aheadPass, type Surroundings, type Travel, travelTo, wantedPass } from './travel.ts'

/** A drawing may take a minute or two, and the next frame is to be there at once all the same. */
const PERSON_IDLE_MS = 5 * 60_000
const BACKGROUND_IDLE_MS = 30_000

export interface OpenVideo {
  readonly stamp: VideoStamp
  readonly index: VideoIndex | null
  /** Null until the index is known or a decoder has opened the file. */
  readonly outline: VideoOutline | null
  /** A frame a person looks at, from memory where it is there. Decodes ahead the way they go. @throws as `Lane.want` */
  display(n: number, signal?: AbortSignal): Promise<RingFrame>
  /** The frame, if it is in memory. */
  atHand(n: number): RingFrame | undefined
  /** A frame in RGB that somebody waits for, from the decoder that will show the next ones as well. @throws as `Lane.want` */
  preview(n: number, box: Box): Promise<DecodedFrame>
  /** A frame in RGB, which stands back for people. @throws as `Lane.want` */
  pixels(n: number, as: Exclude<DecodeAs, 'raw'>, signal?: AbortSignal): Promise<DecodedFrame>
  take(index: VideoIndex): void
  /** Whether somebody waits for a frame. */
  readonly isAwaited: boolean
  close(): void
}

export interface OpenVideoOptions {
  readonly stamp: VideoStamp
  readonly index: VideoIndex | null
  readonly start: StartDecoder
  readonly ring: FrameRing
  readonly ringBytes: number
  readonly people: Int32Array<SharedArrayBuffer>
  readonly stallMs: number
}

export function createOpenVideo(options: OpenVideoOptions): OpenVideo {
  const { stamp, start, ring, people, stallMs } = options
  const { path } = stamp
  let { index } = options
  let outline = index ? outlineOf(index) : null
  let travel: Travel | null = null
  let frameBytes = 0

  const onOutline = (found: VideoOutline) => {
    outline ??= found
  }
  const common = { path, index, start, people, stallMs, onOutline }
  const person = createLane({
    ...common,
    forPeople: true,
    idleMs: PERSON_IDLE_MS,
    passFor: (n) => (travel && outline ? wantedPass(travel, n, around(outline)) : [n]),
    ahead: () => (travel && outline ? aheadPass(travel, around(outline)) : []),
    onRaw(frame) {
      frameBytes = frame.bytes.byteLength
      ring.put(path, frame)
    },
    onIdle: () => ring.drop(path),
  })
  const background = createLane({ ...common, forPeople: false, idleMs: BACKGROUND_IDLE_MS })

  /** Half of the memory for what comes, the rest for what has been. */
  function around({ frames, keyframes, facts }: VideoOutline): Surroundings {
    const bytes = frameBytes || facts.width * facts.height * 1.5
    const room = Math.floor(options.ringBytes / 2 / bytes)
    return { frames, keyframes, room, has: (n) => ring.has(path, n) }
  }

  return {
    stamp,
    get index() {
      return index
    },
    get outline() {
      return outline
    },
    async display(n, signal) {
      travel = travelTo(travel, n)
      ring.look(path, n, travel.direction)
      const known = ring.get(path, n)
      if (!known) return person.want(n, 'raw', signal)
      person.nudge()
      return known
    },
    atHand: (n) => ring.get(path, n),
    preview: (n, box) => person.want(n, box),
    pixels: (n, as, signal) => background.want(n, as, signal),
    take(better) {
      index = better
      outline = outlineOf(better)
      // Frames may have other numbers now.
      ring.drop(path)
      person.take(better)
      background.take(better)
    },
    get isAwaited() {
      return person.isAwaited || background.isAwaited
    },
    close() {
      person.close()
      background.close()
      ring.drop(path)
    },
  }
}
