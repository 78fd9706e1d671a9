import { shapeTypes } from '#shared/domain/annotation.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { AnnotationCensus, KeptType } from '../../ports.ts'
import type { StreamFrame } from './dataset-stream.ts'

/**
 * Counts what goes out as it goes by. What the store counts at once (`AnnotationRepository.census`) is the same for a whole
 * task; this one is for what a filter leaves of it.
 */
export class CensusCounter {
  readonly #keeps: ReadonlySet<KeptType>
  readonly #shapes = new Map<string, number>()
  readonly #trackShapes = new Map<string, number>()
  readonly #tracks = new Set<number>()
  #tags = 0
  #turnedFrames = 0
  readonly #facts = {
    rotatedRectangles: 0,
    grouped: 0,
    layered: 0,
    occluded: 0,
    attributed: 0,
    scored: 0,
    sourced: 0,
    sourcedTags: 0,
  }

  /** @param keeps  as of `census`: of what else there is, only how many */
  constructor(keeps: readonly KeptType[] = [...shapeTypes, 'tag']) {
    this.#keeps = new Set(keeps)
  }

  add({ record, annotations }: StreamFrame): void {
    if (record.orientation > 1) this.#turnedFrames += 1
    for (const one of annotations) {
      if (one.kind === 'shape') this.#addShape(one)
      else {
        this.#tags += 1
        if (one.source !== 'file') this.#facts.sourcedTags += 1
        if (this.#keeps.has('tag')) this.#addFacts(one)
      }
    }
  }

  #addShape(shape: WovenShape): void {
    increase(this.#shapes, shape.type)
    if (shape.track) increase(this.#trackShapes, shape.type)
    const isKept = this.#keeps.has(shape.type)
    const isTurned = shape.type === 'rectangle' && !isUpright(shape.rotation)
    if (isTurned && (isKept || !shape.track)) this.#facts.rotatedRectangles += 1
    if (!isKept) return
    if (shape.track) this.#tracks.add(shape.id)
    this.#addFacts(shape)
    if (shape.zOrder !== 0) this.#facts.layered += 1
    if (shape.occluded) this.#facts.occluded += 1
    if (shape.score !== null) this.#facts.scored += 1
  }

  #addFacts(one: StreamFrame['annotations'][number]): void {
    if (one.group !== 0) this.#facts.grouped += 1
    if (one.source !== 'file') this.#facts.sourced += 1
    const joints = one.kind === 'shape' ? one.elements : []
    if (one.attributes.length > 0 || joints.some(({ attributes }) => attributes.length > 0))
      this.#facts.attributed += 1
  }

  census(): AnnotationCensus {
    return {
      tags: this.#tags,
      tracks: this.#tracks.size,
      shapes: Object.fromEntries(this.#shapes),
      trackShapes: Object.fromEntries(this.#trackShapes),
      ...this.#facts,
      turnedFrames: this.#turnedFrames,
    }
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Of several tasks together. At least one. */
export function sumOfCensuses(censuses: readonly AnnotationCensus[]): AnnotationCensus {
  return censuses.reduce((a, b) => ({
    tags: a.tags + b.tags,
    tracks: a.tracks + b.tracks,
    shapes: sums(a.shapes, b.shapes),
    trackShapes: sums(a.trackShapes, b.trackShapes),
    rotatedRectangles: a.rotatedRectangles + b.rotatedRectangles,
    grouped: a.grouped + b.grouped,
    layered: a.layered + b.layered,
    occluded: a.occluded + b.occluded,
    attributed: a.attributed + b.attributed,
    scored: a.scored + b.scored,
    sourced: a.sourced + b.sourced,
    sourcedTags: a.sourcedTags + b.sourcedTags,
    turnedFrames: a.turnedFrames + b.turnedFrames,
  }))
}

function sums(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) {
  const sum = { ...a }
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count
  return sum
}

/** How many annotations that is as a person counts: a track is one, on however many frames it is seen. */
export function objectsIn({ tags, tracks, shapes, trackShapes }: AnnotationCensus): number {
  return tags + tracks + total(shapes) - total(trackShapes)
}

/** How many a file holds that has everything: a track is a shape on every frame. */
export function writtenIn({ tags, shapes }: AnnotationCensus): number {
  return tags + total(shapes)
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
