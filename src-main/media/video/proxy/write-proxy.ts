import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame } from 'node-av/lib'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { VideoStamp } from '../../../core/ports.ts'
import { createJpegEncoder } from './jpeg-encoder.ts'
import { writeFooter } from './layout.ts'
import { proxiesDir, proxyName, sweepProxies } from './proxies-dir.ts'
import { hasRoomForProxy, proxyBytes, proxySize } from './when.ts'

/** Takes the frames of a whole sequential decode. Whatever goes wrong costs the proxy and never the decode. */
export interface ProxyWriter {
  /** Frame `n`, in order. */
  add(n: number, frame: Frame): void
  /** All frames came: from now on the proxy is there. */
  finish(): void
  /** They did not: nothing stays. */
  discard(): void
}

export interface ProxyPlan {
  readonly cacheDir: string
  readonly stamp: VideoStamp
  readonly facts: VideoFacts
  /** As far as anybody can tell before the decode. */
  readonly frames: number
}

/** @returns null where the disk has no room */
export function startProxy(plan: ProxyPlan): ProxyWriter | null {
  const dir = proxiesDir(plan.cacheDir)
  try {
    mkdirSync(dir, { recursive: true })
    if (!hasRoomForProxy(dir, proxyBytes(plan.facts, plan.frames))) return null
    return writeProxy(join(dir, proxyName(plan.stamp)), dir, plan.facts)
  } catch {
    return null // A cache that cannot be written is a cache we do without.
  }
}

/** A proxy without the question whether it is wanted. @throws the system's error when the file cannot be made */
export function writeProxy(file: string, dir: string, facts: VideoFacts): ProxyWriter {
  const partial = `${file}.${process.pid}.${Math.round(performance.now())}.part`
  const fd = openSync(partial, 'w')
  const size = storedSize(facts)
  const encoder = createJpegEncoder(size.width, size.height)
  const begins: number[] = []
  let at = 0
  let isDone = false

  function put(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    at += bytes.length
  }

  function end(): void {
    isDone = true
    encoder.close()
    closeSync(fd)
  }

  function discard(): void {
    if (isDone) return
    end()
    rmSync(partial, { force: true })
  }

  /** @param work  what may fail on a full disk */
  function attempt(work: () => void): void {
    if (isDone) return
    try {
      work()
    } catch {
      discard()
    }
  }

  return {
    add: (n, frame) =>
      attempt(() => {
        while (begins.length < n) begins.push(at)
        begins.push(at)
        const jpeg = encoder.encode(frame)
        if (jpeg) put(jpeg)
      }),
    finish: () =>
      attempt(() => {
        const tableAt = at
        put(new Uint8Array(Float64Array.from([...begins, at]).buffer))
        put(writeFooter({ ...size, ...upright(facts), frames: begins.length, tableAt }))
        end()
        renameSync(partial, file)
        sweepProxies(dir)
      }),
    discard,
  }
}

/** Pictures are stored as decoded, so their sides are swapped where the file asks for a quarter turn. */
function storedSize(facts: VideoFacts) {
  const { width, height } = proxySize(facts)
  const isTurned = facts.rotation === 90 || facts.rotation === 270
  return isTurned ? { width: height, height: width } : { width, height }
}

const upright = ({ width, height, rotation }: VideoFacts) => ({
  uprightWidth: width,
  uprightHeight: height,
  rotation,
})
