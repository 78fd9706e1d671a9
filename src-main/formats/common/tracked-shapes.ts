import type { NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { TrackMark } from '#shared/tracks/weave.ts'
import { throwIfCancelled } from './cancel.ts'
import type { ImportTally } from './import-tally.ts'
import { createBatch, type NewShape } from './new-shape.ts'
import { newTrack } from './new-track.ts'
import { SeenTrack } from './seen-track.ts'

interface Gathered {
  readonly first: NewShape
  readonly label: Label
  readonly seen: SeenTrack
}

/**
 * Shapes that say which track they belong to, until all of a file are read. Label, group, source and type are the first
 * one's; keyframes are kept, and what stands at the edge of a gap.
 */
export class TrackedShapes {
  readonly #tally: ImportTally
  readonly #tracks = new Map<number, Gathered>()

  constructor(tally: ImportTally) {
    this.#tally = tally
  }

  /** @returns false for a shape that its track cannot have: it stays a shape */
  add({ id, keyframe }: TrackMark, shape: NewShape, label: Label): boolean {
    const known = this.#tracks.get(id) ?? { first: shape, label, seen: new SeenTrack() }
    this.#tracks.set(id, known)
    if (known.label !== label || known.first.type !== shape.type) {
      this.#tally.note('shapes differ from their track in label or type and stay shapes')
      return false
    }
    const { frame, points, rotation, occluded, zOrder, attributes, elements } = shape
    const position = { frame, points, rotation, occluded, zOrder, attributes, elements }
    if (known.seen.has(frame)) {
      this.#tally.note('shapes are the second of their track on a frame and stay shapes')
      return false
    }
    known.seen.add(position, keyframe)
    return true
  }

  #inOrder(): [number, Gathered][] {
    return [...this.#tracks].sort(([a], [b]) => a - b)
  }

  /** The tracks by their numbers; each is let go once it was given. @throws CANCELLED */
  *take({
    frameCount,
    signal,
  }: Pick<ReadTarget, 'frameCount' | 'signal'>): Generator<NewAnnotation[]> {
    const batch = createBatch()
    for (const [id, { first, label, seen }] of this.#inOrder()) {
      throwIfCancelled(signal, 'The import')
      this.#tracks.delete(id)
      const { labelId, group, source, type } = first
      const keyframes = seen.keyframes(frameCount)
      batch.add(newTrack({ labelId, group, source, type, label, keyframes }))
      const full = batch.take()
      if (full !== null) yield full
    }
    const rest = batch.take(true)
    if (rest !== null) yield rest
  }
}
