import type { FrameIndex } from '#shared/domain/ids.ts'

/**
 * What a track (or one joint of a skeleton) states, frame by frame, as a file tells it: every frame is written, keyframes
 * and what lies between. A keyframe on a frame that the task does not have is made good by its neighbours that it has:
 * they are kept as keyframes, so that what is seen on the task's frames does not move.
 */
export class KeyframeLane<T> {
  readonly #statements = new Map<FrameIndex, T>()
  /** The last one that lay between keyframes. */
  #between: { readonly frame: FrameIndex; readonly statement: T } | null = null
  #isMissing = false

  /** @param frame null: the task has no such frame. @returns false when the frame had a statement already, which is gone now */
  add(frame: FrameIndex | null, isKeyframe: boolean, statement: T): boolean {
    if (frame === null) {
      if (isKeyframe) this.breakOff()
      return true
    }
    if (!isKeyframe && !this.#isMissing) {
      this.#between = { frame, statement }
      return true
    }
    const isNew = !this.#statements.has(frame)
    this.#statements.set(frame, statement)
    this.#between = null
    this.#isMissing = false
    return isNew
  }

  /** What was told last, and what is told next, count as keyframes: something is missing between them. */
  breakOff(): void {
    const between = this.#between
    if (between) this.#statements.set(between.frame, between.statement)
    this.#between = null
    this.#isMissing = true
  }

  at(frame: FrameIndex): T | undefined {
    return this.#statements.get(frame)
  }

  /** Ascending. */
  frames(): FrameIndex[] {
    return [...this.#statements.keys()].sort((a, b) => a - b)
  }
}
