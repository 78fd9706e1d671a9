import type { TrackerInfo } from '#shared/contract/trackers.ts'

/** Unrotated `[x1, y1, x2, y2]`, image pixels of the upright picture. */
export type TrackedBox = [x1: number, y1: number, x2: number, y2: number]

/** Upright pixels: RGB, 8 bit, rows without padding. */
export interface RgbPicture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** An object as its tracker last saw it. Only the tracker that gave it can read it. */
export interface TrackerState {
  readonly token: string
  readonly frame: number
  readonly box: TrackedBox
}

/** Runs trackers off the thread that answers the screen. */
export interface Trackers {
  list(): TrackerInfo[]
  /** Learn what the objects look like. @throws TRACKER_FAILED, NOT_FOUND for an unknown tracker */
  begin(tracker: string, picture: RgbPicture, boxes: readonly TrackedBox[]): Promise<string[]>
  /**
   * Find them again. A token that was forgotten (bounded memory) answers `undefined`: begin anew; a lost object null.
   * @throws TRACKER_FAILED
   */
  update(picture: RgbPicture, tokens: readonly string[]): Promise<(TrackedBox | null | undefined)[]>
  close(): Promise<void>
}
