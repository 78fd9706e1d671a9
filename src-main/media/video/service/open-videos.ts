/** The videos that are open, by path; each is what its file was when last looked at. */
import { stat } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'
import type { VideoIndex, VideoStamp } from '../../../core/ports.ts'
import { isMissing, problemOf } from '../../problems.ts'
import { createSingleFlight } from '../../reader/single-flight.ts'
import { createOpenVideo, type OpenVideo, type OpenVideoOptions } from './open-video.ts'

/** What was seen of a file so recently is believed. */
const FRESH_MS = 250
/** How often a better index is looked for while the one in use is not verified. */
const INDEX_LOOKS_MS = 2000
/** Decoders hold memory and threads: beyond this many videos, the one not looked at for the longest is closed. */
const MOST_OPEN = 4

export type FindIndex = (stamp: VideoStamp) => VideoIndex | null

export interface OpenVideos {
  /**
   * The video as it is on disk now.
   * @throws FRAME_MISSING, VIDEO_UNREADABLE (no permission …), MEDIA_STALLED
   */
  now(path: string, frame: number): Promise<OpenVideo>
  /** The video as last seen, without waiting for the disk; a change is noticed a moment later. */
  lastSeen(path: string): OpenVideo | null
  /** See `FrameReader.indexStored`. */
  indexStored(path: string): void
  close(): void
}

interface Entry {
  readonly video: OpenVideo
  seenAt: number
  indexAt: number
}

export interface OpenVideosOptions extends Omit<OpenVideoOptions, 'stamp' | 'index'> {
  readonly findIndex: FindIndex
}

export function createOpenVideos(options: OpenVideosOptions): OpenVideos {
  const { findIndex, stallMs } = options
  const open = new Map<string, Entry>()
  /** One look at a time: a drive that hangs holds one thread of the pool, not all of them. */
  const lookOnce = createSingleFlight<VideoStamp>()

  const look = (path: string) =>
    lookOnce(path, async () => {
      const { size, mtimeMs } = await stat(path)
      return { path, sizeBytes: size, mtimeMs }
    })

  function forget(path: string): void {
    open.get(path)?.video.close()
    open.delete(path)
  }

  function entryFor(stamp: VideoStamp): Entry {
    const known = open.get(stamp.path)
    if (known && isSame(known.video.stamp, stamp)) return known
    forget(stamp.path)
    const index = findIndex(stamp)
    const now = performance.now()
    const video = createOpenVideo({ ...options, stamp, index })
    const entry = { video, seenAt: now, indexAt: now }
    open.set(stamp.path, entry)
    closeOldest(stamp.path)
    return entry
  }

  /** Those somebody waits for stay, however many they are: the page of all tasks asks for each one's picture. */
  function closeOldest(newest: string): void {
    for (const [path, { video }] of open) {
      if (open.size <= MOST_OPEN) return
      if (path !== newest && !video.isAwaited) forget(path)
    }
  }

  /** While the background request reads and decodes the file, its results are taken up as they come. */
  function refresh(entry: Entry): void {
    if (performance.now() - entry.indexAt >= INDEX_LOOKS_MS) takeUp(entry)
  }

  function takeUp(entry: Entry): void {
    const { video } = entry
    if (video.index?.verified) return
    entry.indexAt = performance.now()
    const found = findIndex(video.stamp)
    if (found && (found.verified || !video.index)) video.take(found)
  }

  async function seen(path: string): Promise<Entry> {
    const entry = entryFor(await look(path))
    entry.seenAt = performance.now()
    return entry
  }

  return {
    async now(path, frame) {
      const known = open.get(path)
      const isFresh = known && performance.now() - known.seenAt < FRESH_MS
      const entry = isFresh ? known : await withinTime(path, seen(path), stallMs).catch(refuse)
      refresh(entry)
      open.delete(path)
      open.set(path, entry)
      return entry.video

      function refuse(cause: unknown): never {
        if (cause instanceof AppError) throw cause
        forget(path)
        if (isMissing(cause)) throw new AppError('FRAME_MISSING', { path, frame }, { cause })
        throw new AppError('VIDEO_UNREADABLE', { path, detail: problemOf(cause) }, { cause })
      }
    },
    lastSeen(path) {
      const entry = open.get(path)
      if (!entry) return null
      refresh(entry)
      if (performance.now() - entry.seenAt >= FRESH_MS) {
        entry.seenAt = performance.now()
        seen(path).catch(() => forget(path))
      }
      return entry.video
    },
    indexStored(path) {
      const entry = open.get(path)
      if (entry) takeUp(entry)
    },
    close() {
      for (const path of [...open.keys()]) forget(path)
    },
  }
}

function isSame(a: VideoStamp, b: VideoStamp): boolean {
  return a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs
}

/** @throws MEDIA_STALLED when the disk does not answer in time; it may still answer later, to nobody */
async function withinTime<T>(path: string, work: Promise<T>, stallMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const seconds = Math.round(stallMs / 1000)
  const late = new Promise<never>((_resolve, reject) => {
    const refuse = () => reject(new AppError('MEDIA_STALLED', { path, seconds }))
    timer = setTimeout(refuse, stallMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
