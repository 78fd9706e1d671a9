import type { Shape, Track } from '../domain/annotation.ts'
import type { FrameIndex } from '../domain/ids.ts'
import { acceptedPairs } from './assignment.ts'
import { type MergeOptions, mergeToTrack } from './merge.ts'
import { placeSimilarity } from './similarity.ts'

export interface LinkOptions {
  /** The least share two shapes must have in common to be one object, 0 … 1. */
  readonly overlap: number
  /** Frames an object may be missing and still be the same one; 0: it is on each frame. */
  readonly gap: number
}

interface Chain {
  readonly shapes: Shape[]
  frame: FrameIndex
}

/**
 * Shapes of consecutive frames that are one object each: of one label and type, paired from frame to frame so that they
 * have as much in common as possible. What finds no partner is a chain of its own.
 */
export class ShapeLinker {
  readonly #options: LinkOptions
  #open: Chain[] = []

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** The shapes of the next frame, ascending. @returns chains that are complete now */
  add(frame: FrameIndex, shapes: readonly Shape[]): Shape[][] {
    const { gap, overlap } = this.#options
    const closed = this.#open.filter((chain) => frame - chain.frame > gap + 1)
    this.#open = this.#open.filter((chain) => frame - chain.frame <= gap + 1)
    const left = new Set(shapes)
    for (const [chain, shape] of this.#pairs(shapes, overlap)) {
      chain.shapes.push(shape)
      chain.frame = frame
      left.delete(shape)
    }
    for (const shape of left) this.#open.push({ shapes: [shape], frame })
    return closed.map((chain) => chain.shapes)
  }

  /** No more frames. @returns the chains still open */
  finish(): Shape[][] {
    const rest = this.#open.map((chain) => chain.shapes)
    this.#open = []
    return rest
  }

  /** Only what has label and type in common is compared: 200 objects of ten labels are ten small tables. */
  #pairs(shapes: readonly Shape[], overlap: number): [Chain, Shape][] {
    const kindOf = ({ labelId, type }: Shape) => `${labelId} ${type}`
    const chains = Map.groupBy(this.#open, ({ shapes: [first] }) => (first ? kindOf(first) : ''))
    const fresh = Map.groupBy(shapes, kindOf)
    return [...fresh].flatMap(([kind, list]) => {
      const open = chains.get(kind) ?? []
      const costs = open.map((chain) =>
        list.map((shape) => 1 - similarityOf(chain.shapes.at(-1), shape)),
      )
      return acceptedPairs(costs, 1 - overlap).flatMap(([row, column]): [Chain, Shape][] => {
        const [chain, shape] = [open[row], list[column]]
        return chain && shape ? [[chain, shape]] : []
      })
    })
  }
}

const similarityOf = (last: Shape | undefined, shape: Shape): number =>
  last ? placeSimilarity(last, shape) : 0

/** A chain as a track; over the frames it misses it leads on from one shape to the next. Null: one shape is no track. */
export function chainToTrack(shapes: readonly Shape[], options: MergeOptions): Track | null {
  const merged = mergeToTrack(shapes, options)
  if (typeof merged === 'string') return null
  const lastSeen = shapes.at(-1)?.frame ?? 0
  const keyframes = merged.keyframes.filter(({ frame, outside }) => !outside || frame > lastSeen)
  return { ...merged, keyframes }
}
