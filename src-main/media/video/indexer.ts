import { setImmediate } from 'node:timers/promises'
import type { Frame } from 'node-av/lib'
import type { VideoIndex, VideoIndexer, VideoWork } from '#main/core/ports.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import { throwIfCancelled } from '../cancelled.ts'

/** Somebody who wants to see every frame while the whole video is decoded, for a small copy or thumbnails. */
export interface FrameVisitor {
  /** Frames in order; `frame` is gone after the call. */
  onFrame(n: number, frame: Frame): void
  /** The last frame has been seen. */
  finish(index: VideoIndex): void | Promise<void>
  /** The work was cancelled or failed: leave no trace. */
  abandon(): void
}

export interface VideoIndexerOptions {
  /** Asked before a whole decode; null when there is nothing to look for. */
  visit?(
    path: string,
    facts: VideoFacts,
    options: { readonly proxy: boolean },
  ): Promise<FrameVisitor | null>
}

/** Others of the thread, such as the one that cancels, get a turn this often. */
const TURN_MS = 40

/** Decodes on the thread that calls it: meant for the threads requests run on. FFmpeg is loaded at the first call. */
export function createVideoIndexer(options: VideoIndexerOptions = {}): VideoIndexer {
  return {
    async probe(path) {
      const { probeVideo } = await import('./open.ts')
      return probeVideo(path)
    },
    async readPackets(path, work) {
      const { readPacketIndex } = await import('./packets.ts')
      return run(readPacketIndex(path), { work, total: null, what: path })
    },
    async decodeAll(path, work, { proxy = false } = {}) {
      const { probeVideo } = await import('./open.ts')
      const facts = probeVideo(path)
      const visitor = (await options.visit?.(path, facts, { proxy })) ?? null
      return visited(path, visitor, { work, total: expected(facts), what: path })
    },
  }
}

interface Running {
  readonly work: VideoWork
  readonly total: number | null
  readonly what: string
}

async function visited(path: string, visitor: FrameVisitor | null, running: Running) {
  const { decodeAllFrames } = await import('./decode-all.ts')
  try {
    const onFrame = visitor ? (n: number, frame: Frame) => visitor.onFrame(n, frame) : undefined
    const index = await run(decodeAllFrames(path, onFrame), running)
    await visitor?.finish(index)
    return index
  } catch (error) {
    visitor?.abandon()
    throw error
  }
}

/** Carry the steps out, tell how far they are, and end them when the work is cancelled. */
async function run<T>(steps: Generator<number, T>, { work, total, what }: Running): Promise<T> {
  let turn = performance.now()
  try {
    while (true) {
      const step = steps.next()
      if (step.done) return step.value
      work.progress(step.value, total)
      if (performance.now() - turn < TURN_MS) continue
      await setImmediate()
      turn = performance.now()
      throwIfCancelled(work.signal, what)
    }
  } finally {
    // Closes the file when the steps were not carried to their end.
    steps.return(undefined as never)
  }
}

function expected({ claimedFrames, durationSec, frameRate }: VideoFacts): number | null {
  if (claimedFrames !== null) return claimedFrames
  const guess = Math.round((durationSec ?? 0) * frameRate)
  return guess > 0 ? guess : null
}
