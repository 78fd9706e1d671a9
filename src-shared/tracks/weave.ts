import type { Shape, Tag, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { shapeOn, statedOn } from './on-frame.ts'

/** Of which track a woven shape is the position on its frame. */
export interface TrackMark {
  /** The track's place among the task's, from 0, in the order they were made: CVAT's `track_id`. */
  readonly id: number
  /** Whether the track states its position on this frame; else it lies between keyframes. */
  readonly keyframe: boolean
}

/** A shape as a file holds it: the task's own, or the position of a track on a frame. */
export type WovenShape = Shape & { readonly track?: TrackMark }

interface Numbered {
  readonly id: number
  readonly track: Track
}

/**
 * Tracks as the shapes they are, frame after frame. Only tracks that have begun and are not over are looked at, so that a
 * long video with many short tracks costs what is seen on it.
 */
export class TrackWeaver {
  readonly #coming: Numbered[]
  #here: Numbered[] = []

  constructor(tracks: readonly Track[]) {
    const numbered = [...tracks].sort((a, b) => a.id - b.id).map((track, id) => ({ id, track }))
    // Backwards: the next to begin is taken from the end.
    this.#coming = numbered.sort((a, b) => b.track.frame - a.track.frame)
  }

  /**
   * A frame's own annotations with every track that is seen there, in drawing order.
   * @param frame  later than in every call before
   */
  weave(own: readonly (Tag | Shape)[], frame: FrameIndex): readonly (Tag | WovenShape)[] {
    this.#begin(frame)
    const seen = this.#here.flatMap(({ id, track }): WovenShape | [] => {
      const shape = shapeOn(track, frame)
      const keyframe = statedOn(track, frame) !== undefined
      return shape ? { ...shape, track: { id, keyframe } } : []
    })
    this.#here = this.#here.filter(({ track }) => !isOver(track, frame))
    if (seen.length === 0) return own
    const layer = (one: Tag | Shape) => (one.kind === 'tag' ? 0 : one.zOrder)
    return [...own, ...seen].sort((a, b) => layer(a) - layer(b) || a.id - b.id)
  }

  #begin(frame: FrameIndex): void {
    for (;;) {
      const next = this.#coming.at(-1)
      if (next === undefined || next.track.frame > frame) return
      this.#coming.pop()
      this.#here.push(next)
    }
  }
}

function isOver({ keyframes }: Track, frame: FrameIndex): boolean {
  const last = keyframes.at(-1)
  return last?.outside === true && last.frame <= frame
}
