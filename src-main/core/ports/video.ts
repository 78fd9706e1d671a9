import type { TaskId } from '#shared/domain/ids.ts'
import type { VideoFacts } from '#shared/domain/video.ts'

/**
 * What is known about a video's frames. Frame n is the n-th picture a sequential decode from the start puts out, in order of
 * presentation: never the n-th packet, never a time divided by a rate.
 *
 * An index begins as what the packets say (`verified` false) and is replaced by what a whole sequential decode saw. Until
 * then frames are right as far as the container tells the truth.
 */
export interface VideoIndex {
  readonly facts: VideoFacts
  /** Presentation time of each frame in units of `facts.timeBase`, ascending, as the container has it (odd starts kept). */
  readonly pts: Float64Array
  /** Frames at which decoding may begin, ascending, the first one always 0. Verified ones give the same pictures as a sequential decode. */
  readonly keyframes: Uint32Array
  /** CRC-32 of each decoded frame's planes without padding, before any conversion; empty while not verified. */
  readonly checksums: Uint32Array
  readonly verified: boolean
  /** What is wrong with the file, one clause each ("its last 3 seconds cannot be decoded"). */
  readonly problems: readonly string[]
}

/** A file as it was when it was indexed: a changed file has another index. */
export interface VideoStamp {
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeMs: number
}

/** Indices of videos in the store, shared by every task on the same file. */
export interface VideoRepository {
  find(stamp: VideoStamp): VideoIndex | null
  save(stamp: VideoStamp, index: VideoIndex): void
  /** The file a task is made of, as it was when it was last looked at; null for a task of pictures. */
  ofTask(taskId: TaskId): VideoFile | null
}

/** A video file before it is opened. */
export interface VideoFile extends VideoStamp {
  /** Hash of the size and the first 16 KiB, to find a moved file again; null where nobody took it. */
  readonly fingerprint: string | null
}

/** What a scan knows of a video when it makes its task. */
export interface NewTaskVideo {
  readonly file: VideoFile
  readonly facts: VideoFacts
  /** Frames of the whole video, as far as known by now. */
  readonly frameCount: number
  /** As asked for; null = the last one, wherever a whole decode finds it. */
  readonly stopFrame: number | null
  /** As asked for; null = CVAT's default for a video. */
  readonly overlap: number | null
}

/** What became of a task when its video turned out to have another number of frames. `kept`: annotations lie beyond its end. */
export type VideoFit = 'same' | 'grown' | 'shrunk' | 'kept'

export interface VideoIndexer {
  /**
   * What the container says, without reading the whole file (milliseconds).
   * @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES (audio only, no frame), FRAME_MISSING
   */
  probe(path: string): Promise<VideoFacts>
  /** Every packet's time, read at the disk's speed, nothing decoded. @throws as `probe`, CANCELLED */
  readPackets(path: string, work: VideoWork): Promise<VideoIndex>
  /**
   * Decode the whole file once: the index that is right. What cannot be decoded is left out and told in `problems`; only a file
   * without a single frame is refused. `proxy` asks for the small copy to be made on the way (media/video/proxy).
   * @throws as `probe`, CANCELLED
   */
  decodeAll(
    path: string,
    work: VideoWork,
    options?: { readonly proxy?: boolean },
  ): Promise<VideoIndex>
}

export interface VideoWork {
  readonly signal: AbortSignal
  progress(done: number, total: number | null): void
}
