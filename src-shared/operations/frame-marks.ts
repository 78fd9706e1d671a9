import type { FrameIndex } from '../domain/ids.ts'
import type { FrameFacts } from '../domain/task.ts'
import type { FrameOperation, Operation } from './operation.ts'

const DELETED = 1
const CHECKED = 2

/**
 * Which frames of a task are deleted and which are checked: a byte a frame, so that a task of 100,000 is copied in
 * microseconds. A value: never changed, `apply` answers another.
 */
export class FrameMarks {
  static readonly none = new FrameMarks(new Uint8Array(0))
  readonly #bytes: Uint8Array
  readonly deletedCount: number
  readonly checkedCount: number

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    let deleted = 0
    let checked = 0
    for (const byte of bytes) {
      deleted += byte & DELETED
      checked += (byte & CHECKED) >> 1
    }
    this.deletedCount = deleted
    this.checkedCount = checked
  }

  /** @param marks  frame indices, in any order, as `frames.marks` answers them */
  static of(marks: {
    readonly deleted: readonly FrameIndex[]
    readonly checked: readonly FrameIndex[]
  }): FrameMarks {
    const bytes = new Uint8Array(1 + largest(marks.deleted, largest(marks.checked, -1)))
    for (const frame of marks.deleted) bytes[frame] = (bytes[frame] ?? 0) | DELETED
    for (const frame of marks.checked) bytes[frame] = (bytes[frame] ?? 0) | CHECKED
    return new FrameMarks(bytes)
  }

  isDeleted(frame: FrameIndex): boolean {
    return ((this.#bytes[frame] ?? 0) & DELETED) !== 0
  }

  isChecked(frame: FrameIndex): boolean {
    return ((this.#bytes[frame] ?? 0) & CHECKED) !== 0
  }

  factsOf(frame: FrameIndex): FrameFacts {
    return { deleted: this.isDeleted(frame), checked: this.isChecked(frame) }
  }

  /** Marks after `operations`; those of annotations change nothing. The very same value when nothing changes. */
  apply(operations: readonly Operation[]): FrameMarks {
    const ours = operations.filter((one): one is FrameOperation => one.kind === 'frame')
    if (ours.length === 0) return this
    const last = ours.reduce((most, { frame }) => Math.max(most, frame), this.#bytes.length - 1)
    const bytes = new Uint8Array(last + 1)
    bytes.set(this.#bytes)
    for (const { frame, after } of ours) bytes[frame] = byteOf(after)
    return new FrameMarks(bytes)
  }

  /**
   * The nearest frame from `from` (itself included) in a direction that is not deleted, within `range` (inclusive);
   * null when there is none.
   */
  nearestLive(
    from: FrameIndex,
    direction: 1 | -1,
    range: { readonly start: FrameIndex; readonly stop: FrameIndex },
  ): FrameIndex | null {
    for (let at = from; at >= range.start && at <= range.stop; at += direction)
      if (!this.isDeleted(at)) return at
    return null
  }
}

function byteOf({ deleted, checked }: FrameFacts): number {
  return (deleted ? DELETED : 0) | (checked ? CHECKED : 0)
}

function largest(frames: readonly FrameIndex[], least: number): number {
  return frames.reduce((most, frame) => Math.max(most, frame), least)
}
