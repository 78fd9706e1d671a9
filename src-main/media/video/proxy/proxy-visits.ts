import { stat } from 'node:fs/promises'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { VideoIndex, VideoStamp } from '../../../core/ports.ts'
import type { VideoIndexerOptions } from '../indexer.ts'
import { isProxyWorth } from './when.ts'

export interface ProxyVisits {
  readonly cacheDir: string
  /** What the packets told, which says beforehand whether a proxy is of use. */
  readonly findIndex: (stamp: VideoStamp) => VideoIndex | null
}

/** Makes the proxy of a video while it is decoded for its index: the decode, which is the dear part, is done anyway. */
export function createProxyVisits({
  cacheDir,
  findIndex,
}: ProxyVisits): NonNullable<VideoIndexerOptions['visit']> {
  return async (path, facts, { proxy }) => {
    const stamp = proxy ? await stampOf(path) : null
    if (!stamp) return null
    const known = findIndex(stamp)
    if (known && !isProxyWorth(known.keyframes, known.pts.length)) return null
    // FFmpeg's encoders are loaded only where they are used.
    const { startProxy } = await import('./write-proxy.ts')
    const writer = startProxy({ cacheDir, stamp, facts, frames: known?.pts.length ?? guess(facts) })
    if (!writer) return null
    return {
      onFrame: writer.add,
      finish: ({ keyframes, pts }) =>
        isProxyWorth(keyframes, pts.length) ? writer.finish() : writer.discard(),
      abandon: writer.discard,
    }
  }
}

async function stampOf(path: string): Promise<VideoStamp | null> {
  const info = await stat(path).catch(() => null)
  return info && { path, sizeBytes: info.size, mtimeMs: info.mtimeMs }
}

function guess({ claimedFrames, durationSec, frameRate }: VideoFacts): number {
  return claimedFrames ?? Math.round((durationSec ?? 0) * frameRate)
}
