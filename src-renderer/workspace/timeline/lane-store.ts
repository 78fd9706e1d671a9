import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnnotationDocument } from '#renderer/state/document.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import {
  type AnnotationOperation,
  isAnnotationOperation,
  type Operation,
} from '#shared/operations/operation.ts'
import { type Lane, laneOf } from './lane.ts'
import { Presence } from './presence.ts'

export type Lanes = ReadonlyMap<AnnotationId, Lane>

export interface LanesState {
  /** null until they are read. */
  readonly lanes: Lanes | null
  /** Lanes read again because of an answer that failed are asked for by hand. */
  readonly hasFailed: boolean
  /** Grows when `presence` or `shapeCounts` changed. */
  readonly version: number
}

export interface LaneSource {
  /** All of them. */
  lanes(): Promise<readonly Lane[]>
  /** How many tags and shapes are on each frame of the task. */
  shapeCounts(): Promise<Uint32Array>
}

/**
 * The lanes of a task, kept true: every operation on a track, done, undone or come from elsewhere, changes its lane alone;
 * what happens while they are being read is done to the answer, as with a frame's annotations.
 */
export class LaneStore {
  readonly state: StoreApi<LanesState>
  readonly presence: Presence
  shapeCounts: Uint32Array
  /** Tags and shapes of all frames together. */
  shapeTotal = 0
  readonly #source: LaneSource
  readonly #document: Pick<AnnotationDocument, 'onChange' | 'outbox'>
  #missed: Operation[] | null = null
  #stop: (() => void) | null = null

  constructor(
    source: LaneSource,
    document: Pick<AnnotationDocument, 'onChange' | 'outbox'>,
    size: number,
  ) {
    this.#source = source
    this.#document = document
    this.presence = new Presence(size)
    this.shapeCounts = new Uint32Array(size)
    this.state = createStore<LanesState>(() => ({ lanes: null, hasFailed: false, version: 0 }))
  }

  /** Read them and follow what happens. @returns how to stop */
  open(): () => void {
    this.#stop ??= this.#document.onChange((operations) => {
      if (operations) this.#project(operations)
      else void this.load()
    })
    void this.load()
    return () => {
      this.#stop?.()
      this.#stop = null
      this.#missed = null
    }
  }

  async load(): Promise<void> {
    const missed = [...this.#document.outbox.pendingOperations()]
    this.#missed = missed
    try {
      const list = await this.#source.lanes()
      if (this.#missed !== missed) return
      this.#take(new Map(list.map((lane) => [lane.id, lane])))
      this.#project(missed, 'lanes')
      // The lanes are on screen meanwhile. A shape drawn now may be counted already or not: the next reading knows.
      const counts = await this.#source.shapeCounts()
      if (this.#missed !== missed) return
      this.#missed = null
      this.shapeCounts = counts
      this.shapeTotal = counts.reduce((sum, count) => sum + count, 0)
      const { version } = this.state.getState()
      this.state.setState({ version: version + 1 })
    } catch {
      if (this.#missed === missed) this.state.setState({ hasFailed: true })
    }
  }

  #take(lanes: Map<AnnotationId, Lane>): void {
    this.presence.clear()
    for (const lane of lanes.values()) this.presence.add(lane, 1)
    const { version } = this.state.getState()
    this.state.setState({ lanes, hasFailed: false, version: version + 1 })
  }

  #project(operations: readonly Operation[], what: 'all' | 'lanes' = 'all'): void {
    if (this.#missed !== operations) this.#missed?.push(...operations)
    const { lanes: before, version } = this.state.getState()
    if (!before) return
    const ours = operations.filter(isAnnotationOperation)
    const lanes = this.#changed(before, ours)
    const isCounted = what === 'all' && ours.filter((one) => this.#count(one)).length > 0
    if (lanes !== before || isCounted) this.state.setState({ lanes, version: version + 1 })
  }

  #changed(before: Lanes, operations: readonly AnnotationOperation[]): Lanes {
    const touched = operations.filter((one) => isTrack(beforeOf(one)) || isTrack(afterOf(one)))
    if (touched.length === 0) return before
    const lanes = new Map(before)
    for (const operation of touched) {
      const after = afterOf(operation)
      const id = operation.kind === 'delete' ? operation.before.id : operation.after.id
      const known = lanes.get(id)
      if (known) this.presence.add(known, -1)
      if (after?.kind === 'track') {
        const lane = laneOf(after)
        lanes.set(id, lane)
        this.presence.add(lane, 1)
      } else lanes.delete(id)
    }
    return lanes
  }

  #count(operation: AnnotationOperation): boolean {
    const [gone, come] = [beforeOf(operation), afterOf(operation)]
    const counted = (one: Annotation | null, by: 1 | -1) => {
      if (!one || isTrack(one) || one.frame >= this.shapeCounts.length) return false
      this.shapeCounts[one.frame] = Math.max(0, (this.shapeCounts[one.frame] ?? 0) + by)
      this.shapeTotal = Math.max(0, this.shapeTotal + by)
      return true
    }
    const isGone = counted(gone, -1)
    return counted(come, 1) || isGone
  }
}

const beforeOf = (one: AnnotationOperation) => (one.kind === 'create' ? null : one.before)
const afterOf = (one: AnnotationOperation) => (one.kind === 'delete' ? null : one.after)
const isTrack = (one: Annotation | null) => one?.kind === 'track'
