import type { Frame } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { checksumOf } from './checksum.ts'
import { enterAt } from './entry.ts'
import { wordsOf } from './ffmpeg.ts'
import { createFit, type Fit } from './fit.ts'
import { FrameStream } from './frame-stream.ts'
import { frameAt, lastUpTo } from './frame-times.ts'
import type { OpenVideoSession, VideoSession } from './session.api.ts'
import { canSkip, LONG_WAY, type ShortWay, shortWay } from './short-way.ts'

/**
 * A frame is known by counting: the picture of the keyframe's own packet has the keyframe's number, the next one the next. Times
 * only find the packet to begin with, and lead to the target past what was left out on the way. When the index is verified every
 * picture that leaves the session is compared with its checksum there; a keyframe that does not lead to the right pictures
 * is not used again, and in the end the file is decoded from its first packet.
 */
export const openVideoSession: OpenVideoSession = (path, index) => new Session(path, index)

type DecodeOptions = Parameters<VideoSession['decode']>[1]
type Outcome = 'there' | 'cancelled' | 'end' | 'wrong'

/** Decoding on costs this many frames less than entering anew: what the decoder's threads hold is thrown away there. */
const WORTH_STAYING = 4
/** Frames of an open GOP shown before its keyframe, at most; more mean that the keyframe's picture never came. */
const MOST_LEADING = 64

class Session implements VideoSession {
  readonly #path: string
  readonly #stream: FrameStream
  readonly #fit: Fit
  #index: VideoIndex
  /** Number of the frame that came out last; -1 before the first, null when it must be found anew. */
  #at: number | null = -1
  /** Number of the picture the decoder still holds. */
  #shown: number | null = null
  #fromStart = true
  readonly #bad = new Set<number>()
  /** Until a shortcut has led to a wrong picture. */
  #mayLeaveOut = true

  constructor(path: string, index: VideoIndex | null) {
    this.#path = path
    this.#stream = new FrameStream(path, isDamaged(index) ? 1 : 0)
    this.#fit = createFit(this.#stream.input)
    this.#index = index ?? unknownIndex(this.#stream)
  }

  get index(): VideoIndex {
    return this.#index
  }

  useIndex(index: VideoIndex): void {
    const at = this.#at
    const same = at !== null && (at < 0 || this.#index.pts[at] === index.pts[at])
    if (!same && this.#index.pts.length > 0) this.#lose()
    this.#index = index
    this.#bad.clear()
    if (!isDamaged(index)) return
    this.#stream.decodeSingly()
    this.#lose()
  }

  decode(n: number, options: DecodeOptions): Frame | null {
    if (this.#shown === n) return this.#fit.apply(this.#stream.decoder.frame)
    const known = this.#index.pts.length
    if (n < 0 || (known > 0 && n >= known))
      throw this.#unreadable(n, `the last one is ${known - 1}`)
    const outcome =
      this.#forward(n, options) ?? this.#entered(n, options) ?? this.#counted(n, options)
    if (outcome === 'there') return this.#fit.apply(this.#stream.decoder.frame)
    if (outcome === 'cancelled') return null
    throw this.#unreadable(n, this.#whyEnded())
  }

  close(): void {
    this.#fit.close()
    this.#stream.close()
  }

  /** Decode on from where the decoder is, unless there is a nearer keyframe. Null: another way must be found. */
  #forward(n: number, options: DecodeOptions): Outcome | null {
    const at = this.#at
    if (at === null || at >= n) return null
    const entry = this.#entryBefore(n)
    if (entry !== null && entry > at + WORTH_STAYING) return null
    const outcome = this.#advance(n, options)
    if (outcome !== 'wrong') return outcome
    this.#mayLeaveOut = false
    return null
  }

  /** Enter at keyframes nearer and nearer to the start, twice as far back each time. */
  #entered(n: number, options: DecodeOptions): Outcome | null {
    const { keyframes } = this.#index
    let position = lastUpTo(keyframes, n)
    for (let back = 1; position >= 0; position -= back, back *= 2) {
      const keyframe = keyframes[position]
      if (keyframe === undefined || this.#bad.has(keyframe)) continue
      const outcome = this.#enter(keyframe, n, options)
      if (outcome !== 'wrong') return outcome
      this.#bad.add(keyframe)
    }
    return null
  }

  #enter(keyframe: number, n: number, options: DecodeOptions): Outcome {
    const outcome = this.#enterOnce(keyframe, n, options)
    if (outcome !== 'wrong' || !this.#mayLeaveOut) return outcome
    this.#mayLeaveOut = false
    return this.#enterOnce(keyframe, n, options)
  }

  #enterOnce(keyframe: number, n: number, options: DecodeOptions): Outcome {
    this.#lose()
    this.#fromStart = false
    if (!enterAt(this.#stream, this.#index, keyframe)) return 'wrong'
    const watcher = this.#watcher(keyframe, n, options)
    const anchored = this.#anchor(keyframe, watcher, options)
    if (anchored !== 'there' || keyframe === n) return anchored
    options.onPassed?.(keyframe, this.#fit.apply(this.#stream.decoder.frame))
    return this.#advance(n, options, watcher)
  }

  /** Pull until the keyframe's own picture is out. */
  #anchor(keyframe: number, watcher: ShortWay, { cancelled }: DecodeOptions): Outcome {
    const { decoder } = this.#stream
    for (let leading = 0; leading < MOST_LEADING; leading += 1) {
      const pulled = this.#stream.pull(cancelled, watcher)
      if (pulled === 'cancelled') return 'cancelled'
      if (pulled === 'end') return 'wrong'
      if (decoder.mark()?.number !== 0) continue
      this.#at = keyframe
      this.#shown = keyframe
      return this.#isRight(keyframe) ? 'there' : this.#lose()
    }
    return 'wrong'
  }

  /** From the first packet. What comes out then is what frames are, so nothing is compared. */
  #counted(n: number, options: DecodeOptions): Outcome {
    this.#lose()
    this.#stream.restart()
    this.#mayLeaveOut = false
    this.#fromStart = true
    this.#at = -1
    return this.#advance(n, options)
  }

  /** Pull until frame `n` is out; the place must be known. */
  #advance(
    n: number,
    options: DecodeOptions,
    watcher = this.#watcher(this.#at ?? -1, n, options),
  ): Outcome {
    const { skips } = watcher
    if (skips) this.#fromStart = false
    while (true) {
      const pulled = this.#stream.pull(options.cancelled, watcher)
      this.#shown = null
      if (pulled === 'cancelled') return skips ? this.#lostBy('cancelled') : 'cancelled'
      if (pulled === 'end') return this.#ended(skips || watcher.ends)
      const at = this.#nextNumber(skips)
      if (at === null) continue
      this.#at = at
      this.#shown = at
      if (at > n && skips) return this.#lose()
      if (at < n && !options.onPassed) continue
      if (!this.#isRight(at)) return this.#lose()
      if (at >= n) return this.#arrived(watcher)
      options.onPassed?.(at, this.#fit.apply(this.#stream.decoder.frame))
    }
  }

  /** A decoder that was told of no more packets has no next frame. */
  #arrived({ ends }: ShortWay): 'there' {
    if (ends) this.#at = null
    return 'there'
  }

  /** Nothing is left. What was counted from the start, or promised by packets alone, truly ends here. */
  #ended(isShortened: boolean): Outcome {
    const isTrue = !isShortened && (this.#fromStart || !this.#index.verified)
    return this.#lostBy(isTrue ? 'end' : 'wrong')
  }

  /** Which frame has come out. By time where some were left out, or where packets only promise a frame; null: do not know. */
  #nextNumber(skipping: boolean): number | null {
    const counted = (this.#at ?? -1) + 1
    if (!skipping && (this.#index.verified || !this.#timesTell())) return counted
    const pts = this.#stream.decoder.mark()?.pts ?? Number.NaN
    if (Number.isNaN(pts)) return counted
    const timed = frameAt(this.#index.pts, pts)
    if (skipping) return timed >= counted ? timed : null
    return timed > counted ? timed : counted
  }

  /** What may be left out between frame `from` and `n`: pictures nothing refers to before it, and all behind it. */
  #watcher(from: number, n: number, { onPassed, alone = false }: DecodeOptions): ShortWay {
    const { pts, facts, verified } = this.#index
    const time = pts[n]
    if (!this.#mayLeaveOut || time === undefined || !this.#timesTell()) return LONG_WAY
    const skips = !onPassed && n - from >= 2 && canSkip(facts.codec)
    return shortWay(this.#stream.decoder, time, { skips, ends: alone && verified })
  }

  /** Packets without proper times promise no keyframe but the first (see packet-index.ts), and their times mean nothing. */
  #timesTell(): boolean {
    const { verified, keyframes } = this.#index
    return verified || keyframes.length > 1
  }

  #isRight(at: number): boolean {
    if (!this.#index.verified) return this.#fromStart || this.#isOwnKeyframe(at)
    return this.#fromStart || checksumOf(this.#stream.decoder.frame) === this.#index.checksums[at]
  }

  /** Before there are checksums, the decoder's word decides whether a picture flagged as a keyframe is one. */
  #isOwnKeyframe(at: number): boolean {
    const { decoder } = this.#stream
    return decoder.mark()?.number !== 0 || decoder.frame.keyFrame === 1 || this.#at !== at
  }

  #entryBefore(n: number): number | null {
    const { keyframes } = this.#index
    let position = lastUpTo(keyframes, n)
    while (position >= 0 && this.#bad.has(keyframes[position] ?? 0)) position -= 1
    return keyframes[position] ?? null
  }

  #lose(): 'wrong' {
    this.#at = null
    this.#shown = null
    return 'wrong'
  }

  #lostBy<O extends Outcome>(outcome: O): O {
    this.#lose()
    return outcome
  }

  #whyEnded(): string {
    const { readError } = this.#stream
    return readError === 0 ? 'the video ends before it' : wordsOf(readError)
  }

  #unreadable(frame: number, detail: string): AppError {
    return new AppError('VIDEO_FRAME_UNREADABLE', { path: this.#path, frame, detail })
  }
}

/** A whole decode found something wrong, and went on with one thread. */
const isDamaged = (index: VideoIndex | null) =>
  index?.verified === true && index.problems.length > 0

/** Before anything but the header is known: frames are counted from the first one. */
function unknownIndex({ input }: FrameStream): VideoIndex {
  const none = {
    pts: new Float64Array(),
    keyframes: new Uint32Array(),
    checksums: new Uint32Array(),
  }
  return { facts: input.facts, ...none, verified: false, problems: [] }
}
