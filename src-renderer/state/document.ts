import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ChangeResult } from '#shared/contract/index.ts'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { FrameMarks } from '#shared/operations/frame-marks.ts'
import { onFrame } from '#shared/operations/on-frame.ts'
import type { Operation, Step, StepTitle } from '#shared/operations/operation.ts'
import { unpackAll } from '#shared/operations/track-edit.ts'
import type { EventOf } from './events.ts'
import { type Annotations, FrameCache, projected } from './frame-cache.ts'
import type { FrameLoader, FrameRange, Picture } from './frames.ts'
import { planAhead } from './frames.ts'
import type { IdPool } from './id-pool.ts'
import { type AnnotationView, type Journal, plainView } from './journal.ts'
import { descends } from './lineage.ts'
import type { Outbox } from './outbox.ts'
import { isUnreachable, problemOf } from './problems.ts'
import { type TrackPage, TrackShelf, withTracks } from './track-shelf.ts'

export type { Annotations } from './frame-cache.ts'

/** What the canvas and the panels project. Replaced, never mutated. */
export interface DocumentState {
  /** The frame on screen; `wanted` runs ahead of it while a picture loads, so the old one stays (no flicker). */
  readonly frame: FrameIndex
  readonly wanted: FrameIndex
  /** null until the first frame arrived. */
  readonly picture: Picture | null
  readonly annotations: Annotations
  /** Deleted and checked frames of the whole task; none until they are loaded. */
  readonly marks: FrameMarks
  readonly revision: number
  readonly views: ReadonlyMap<AnnotationId, AnnotationView>
  /** Activated annotations: clicked, or under the pointer while nothing is clicked. */
  readonly active: readonly AnnotationId[]
  /** An undo or redo is under way. */
  readonly travelling: boolean
}

/** Something the person has to know; shown as a notice where the work happens. */
export interface DocumentNotice {
  readonly kind:
    | 'refused'
    | 'no-ids'
    | 'undo-failed'
    | 'journal-failed'
    | 'unreachable'
    | 'frame-deleted'
  readonly problem: ErrorBody | null
}

/** What the document asks of the core. */
export interface DocumentCore {
  /** @param tracks  `omit`: only what is of this frame alone */
  frame(
    frame: FrameIndex,
    tracks: 'with' | 'omit',
  ): Promise<{ revision: number; annotations: Annotation[] }>
  /** See the contract's `annotations.tracks`. */
  tracks(after: AnnotationId | 0): Promise<TrackPage & { revision: number }>
  marks(): Promise<{ revision: number; deleted: FrameIndex[]; checked: FrameIndex[] }>
  undo(): Promise<ChangeResult>
  redo(): Promise<ChangeResult>
}

export type StepVerb = 'do' | 'undo' | 'redo'
type StepListener = (verb: StepVerb, title: StepTitle) => void
/** @param operations  null: what was known may be wrong, read it again */
type ChangeListener = (operations: readonly Operation[] | null) => void

export interface DocumentDeps {
  readonly taskId: TaskId
  readonly range: FrameRange
  readonly frame: FrameIndex
  readonly core: DocumentCore
  readonly pictures: Pick<FrameLoader, 'peek' | 'peekAny' | 'get' | 'getQuick' | 'lookAround'>
  readonly outbox: Outbox
  readonly ids: IdPool
  readonly journal: Journal
  onNotice(notice: DocumentNotice): void
  /** Runs its argument when what this turn changed is on screen. */
  afterPaint(run: () => void): void
}

const ANNOTATIONS_AHEAD = 6
/** A slider that has not moved for so long rests: its frame is worth the exact picture. */
const SCRUB_REST_MS = 120

/**
 * The open task: one frame of it on screen, and every change to it. `apply` changes the screen in the same task and
 * hands the step to the outbox; nobody waits for the core.
 */
export class AnnotationDocument {
  readonly state: StoreApi<DocumentState>
  readonly #deps: DocumentDeps
  readonly #cache: FrameCache
  readonly #shelf: TrackShelf
  /** Operations that an answer of `marks` under way may have missed; null when none is. */
  #marksMissed: Operation[] | null = null
  #visit = 0
  /** The newest visit that has shown something. */
  #shownVisit = 0
  #isScrubbing = false
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #lastStride = 1
  #travel: Promise<void> = Promise.resolve()
  #ownSteps = new Set<string>()
  readonly #stepListeners = new Set<StepListener>()
  readonly #changeListeners = new Set<ChangeListener>()
  #closed = false

  constructor(deps: DocumentDeps) {
    this.#deps = deps
    this.#cache = new FrameCache({
      fetch: (frame) => this.#ask(frame),
      pending: () => deps.outbox.pendingOperations(),
    })
    this.#shelf = new TrackShelf({
      fetch: async (after) => {
        const page = await deps.core.tracks(after)
        this.#saw(page.revision)
        return page
      },
      pending: () => deps.outbox.pendingOperations(),
    })
    this.state = createStore<DocumentState>(() => ({
      frame: deps.frame,
      wanted: deps.frame,
      picture: null,
      annotations: new Map(),
      marks: FrameMarks.none,
      revision: 0,
      views: new Map(),
      active: [],
      travelling: false,
    }))
  }

  get range(): FrameRange {
    return this.#deps.range
  }

  get outbox(): Outbox {
    return this.#deps.outbox
  }

  /** Take up unsent steps and views, then show the first frame. */
  async open(): Promise<void> {
    const { journal, taskId, outbox, ids } = this.#deps
    try {
      const left = await outbox.recover()
      for (const entry of left) this.#ownSteps.add(entry.clientStepId)
      if (left.some(({ step }) => step.operations.some(({ kind }) => kind === 'track')))
        void this.#readAgainOnceSent()
      this.state.setState({ views: await journal.views(taskId) })
    } catch (error) {
      this.#deps.onNotice({ kind: 'journal-failed', problem: problemOf(error) })
    }
    // Drawing asks again when there are none.
    ids.refill().catch(() => undefined)
    void this.#loadMarks()
    await this.goTo(this.state.getState().wanted)
  }

  /** Edits of long tracks that an earlier page left say only what changed: they show once the core has them. */
  async #readAgainOnceSent(): Promise<void> {
    await this.#deps.outbox.flush()
    if (this.#closed) return
    this.#forgetAll()
    await this.reload()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#restTimer)
    this.#deps.outbox.close()
  }

  // -------------------------------------------------------------------------------------------------- frames

  /** Show a frame. Prefetched: in this very task. Otherwise the old one stays until picture and annotations are there. */
  async goTo(frame: FrameIndex): Promise<void> {
    const target = clamp(frame, this.#deps.range)
    const visit = ++this.#visit
    clearTimeout(this.#restTimer)
    const { frame: shown, wanted } = this.state.getState()
    const stride = target - shown
    const picture = this.#deps.pictures.peek(target)
    const annotations = this.#cache.peek(target)
    if (picture && annotations) return this.#show(target, picture, annotations, { visit, stride })
    this.state.setState({ wanted: target })
    // With a key held down the frame wanted before this one is on the way: it comes first, and is shown when it does.
    const beside = [wanted, ...planAhead(target, stride, this.#deps.range, ANNOTATIONS_AHEAD)]
    try {
      const [gotPicture, gotAnnotations] = await Promise.all([
        picture ?? this.#deps.pictures.get(target, beside),
        annotations ?? this.#cache.fetch(target),
      ])
      // While they were on their way a step may have changed this frame: the cache has the newest.
      if (visit > this.#shownVisit && !this.#closed)
        this.#show(target, gotPicture, this.#cache.peek(target) ?? gotAnnotations, {
          visit,
          stride,
        })
    } catch (error) {
      if (visit === this.#visit && !this.#closed) this.#failed(error)
    }
  }

  /**
   * Follow a hand that races through the frames. What shows a frame soonest is shown, one after the other and the newest
   * wish next, so that something right is always on its way; when the hand rests, its frame gets the exact picture.
   */
  scrubTo(frame: FrameIndex): void {
    this.#visit += 1
    clearTimeout(this.#restTimer)
    this.state.setState({ wanted: clamp(frame, this.#deps.range) })
    if (!this.#isScrubbing) void this.#followScrub()
  }

  async #followScrub(): Promise<void> {
    this.#isScrubbing = true
    try {
      for (let target = this.#scrubTarget(); target !== null; target = this.#scrubTarget()) {
        const visit = this.#visit
        const [picture, annotations] = await Promise.all([
          this.#deps.pictures.getQuick(target),
          this.#cache.peek(target) ?? this.#cache.fetch(target),
        ])
        if (this.#closed || visit < this.#shownVisit) return
        const stride = target - this.state.getState().frame
        const newest = this.#cache.peek(target) ?? annotations
        this.#show(target, picture, newest, { visit, stride, lookAround: false })
      }
      this.#restTimer = setTimeout(() => {
        void this.goTo(this.state.getState().wanted)
      }, SCRUB_REST_MS)
    } catch (error) {
      if (!this.#closed) this.#failed(error)
    } finally {
      this.#isScrubbing = false
    }
  }

  /** Where the hand is by now; null when its frame is on screen. */
  #scrubTarget(): FrameIndex | null {
    const { frame, wanted, picture } = this.state.getState()
    return frame === wanted && picture ? null : wanted
  }

  /** Whether a frame's picture and annotations are both here. */
  isReady(frame: FrameIndex): boolean {
    return this.#deps.pictures.peekAny(frame) !== undefined && this.#cache.has(frame)
  }

  /** While a video plays: show a frame that is ready, and leave looking ahead to the player. False when it is not ready. */
  playTo(frame: FrameIndex): boolean {
    const picture = this.#deps.pictures.peekAny(frame)
    const annotations = this.#cache.peek(frame)
    if (!picture || !annotations) return false
    const stride = frame - this.state.getState().frame
    this.#show(frame, picture, annotations, { visit: ++this.#visit, stride, lookAround: false })
    return true
  }

  /** Fetch what annotations of these frames are not here yet. */
  prepareAnnotations(frames: readonly FrameIndex[]): void {
    for (const frame of frames)
      if (!this.#cache.has(frame)) this.#cache.fetch(frame).catch(() => undefined)
  }

  #show(
    frame: FrameIndex,
    picture: Picture,
    annotations: Annotations,
    how: { readonly visit: number; readonly stride: number; readonly lookAround?: boolean },
  ): void {
    const before = this.state.getState()
    if (how.stride !== 0) this.#lastStride = how.stride
    this.#shownVisit = how.visit
    this.state.setState({
      frame,
      // A frame on the way to the one wanted leaves the wish as it is.
      wanted: how.visit === this.#visit ? frame : before.wanted,
      picture,
      annotations,
      // A track that goes on here stays in hand; shapes are of their own frame alone.
      active: before.active.filter((id) => annotations.has(id)),
    })
    if (how.lookAround !== false) this.#deps.afterPaint(() => this.#lookAround(frame))
  }

  /** Fetching and decoding neighbours took 6 ms from the frame on its way to the screen; so they wait until it is there. */
  #lookAround(frame: FrameIndex): void {
    const now = this.state.getState()
    // On the way elsewhere already: what is looked at around here would cancel the picture of there.
    const isLeft = now.frame !== frame || now.wanted !== frame
    if (this.#closed || this.#isScrubbing || isLeft) return
    this.#deps.pictures.lookAround(frame, this.#lastStride, this.#deps.range)
    this.#prefetchAnnotations(frame)
  }

  #failed(error: unknown): void {
    if (error instanceof Error && error.name === 'AbortError') return
    const problem = problemOf(error)
    if (this.state.getState().picture === null)
      this.state.setState({ picture: { kind: 'problem', problem } })
    this.state.setState({ wanted: this.state.getState().frame })
    this.#deps.onNotice({ kind: 'unreachable', problem })
  }

  #prefetchAnnotations(frame: FrameIndex): void {
    this.prepareAnnotations(planAhead(frame, this.#lastStride, this.#deps.range, ANNOTATIONS_AHEAD))
  }

  async #ask(frame: FrameIndex): Promise<Annotation[]> {
    const { core } = this.#deps
    const shelf = this.#shelf
    const own = shelf.isTooLarge ? null : core.frame(frame, 'omit')
    const [answer] = await Promise.all([own, shelf.ready()])
    const whole = answer && !shelf.isTooLarge ? answer : await core.frame(frame, 'with')
    this.#saw(whole.revision)
    return shelf.isTooLarge ? whole.annotations : withTracks(whole.annotations, shelf.on(frame))
  }

  /** Every track of the task as the page knows it, by id; for what shows more than a frame. [] while they are too many. */
  async tracks(): Promise<readonly Track[]> {
    await this.#shelf.ready()
    return this.#shelf.all()
  }

  #saw(revision: number): void {
    this.#deps.outbox.sawRevision(revision)
    this.#sawRevision(revision)
  }

  /** Frames marked while the answer is under way are added to it, as a frame's annotations are. */
  async #loadMarks(): Promise<void> {
    const missed = [...this.#deps.outbox.pendingOperations()]
    this.#marksMissed = missed
    try {
      const marks = FrameMarks.of(await this.#deps.core.marks())
      if (this.#marksMissed !== missed || this.#closed) return
      this.state.setState({ marks: marks.apply(missed) })
    } catch {
      // The frame asked for beside them tells that the core is away; they are read again when it is back.
    } finally {
      if (this.#marksMissed === missed) this.#marksMissed = null
    }
  }

  // -------------------------------------------------------------------------------------------------- changes

  /** Carry out a step now. An empty one does nothing; one that changes the deleted frame on screen is refused. */
  apply(step: Step): void {
    if (step.operations.length === 0) return
    const { frame, marks } = this.state.getState()
    if (marks.isDeleted(frame) && onFrame(step.operations, frame).length > 0) {
      this.#deps.onNotice({ kind: 'frame-deleted', problem: null })
      return
    }
    this.#project(step.operations)
    this.#deps.outbox.push(step)
    this.#tell('do', step.title)
  }

  /** Told of every step as it shows on screen: carried out, undone or redone. Returns how to stop. */
  onStep(listener: StepListener): () => void {
    this.#stepListeners.add(listener)
    return () => this.#stepListeners.delete(listener)
  }

  /** Told of every change of the task's annotations, on whatever frame, from whichever window. Returns how to stop. */
  onChange(listener: ChangeListener): () => void {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  #tell(verb: StepVerb, title: StepTitle): void {
    for (const listener of this.#stepListeners) listener(verb, title)
  }

  /** Ids for annotations about to be created, or null (and a notice) when none are left. */
  takeIds(count: number): AnnotationId[] | null {
    const ids = this.#deps.ids.take(count)
    if (ids) return ids
    this.#deps.ids.refill(count).catch(() => undefined)
    this.#deps.onNotice({ kind: 'no-ids', problem: null })
    return null
  }

  /** The same for more than a page keeps at hand: waits for the core. */
  async reserveIds(count: number): Promise<AnnotationId[] | null> {
    // A block that is on its way already may be too small: then another one is fetched.
    for (let turn = 0; turn < 2; turn += 1)
      await this.#deps.ids.refill(count).catch(() => undefined)
    return this.takeIds(count)
  }

  /** Operations into every frame and mark they touch, and onto the screen. */
  #project(operations: readonly Operation[]): void {
    this.#cache.project(operations)
    this.#shelf.project(operations)
    for (const listener of this.#changeListeners) listener(operations)
    this.#marksMissed?.push(...operations)
    const { frame, annotations, active, marks } = this.state.getState()
    const nowMarked = marks.apply(operations)
    if (nowMarked !== marks) this.state.setState({ marks: nowMarked })
    const here = onFrame(operations, frame)
    if (here.length === 0) return
    const next = this.#cache.peek(frame) ?? projected(annotations, here)
    this.state.setState({ annotations: next, active: active.filter((id) => next.has(id)) })
  }

  /** Undo or redo: first everything drawn so far reaches the core, then the core steps, then its frame is shown. */
  travel(verb: 'undo' | 'redo'): Promise<void> {
    const turn = this.#travel.then(() => this.#step(verb))
    this.#travel = turn
    return turn
  }

  async #step(verb: 'undo' | 'redo'): Promise<void> {
    if (this.#closed) return
    this.state.setState({ travelling: true })
    try {
      await this.#deps.outbox.flush()
      const result = await this.#deps.core[verb]()
      await this.#arrive(result)
      this.#tell(verb, result.entry.title)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code !== 'NOTHING_TO_UNDO') {
        const kind = isUnreachable(error) ? 'unreachable' : 'undo-failed'
        this.#deps.onNotice({ kind, problem })
      }
    } finally {
      this.state.setState({ travelling: false })
    }
  }

  async #arrive(result: ChangeResult): Promise<void> {
    this.#deps.outbox.sawRevision(result.revision)
    this.#sawRevision(result.revision)
    const operations = unpackAll(result.operations, (id) => this.#knownTrack(id)) ?? []
    // An answer without operations was too large to carry (an import), or of a track not known here: read again.
    if (operations.length === 0) this.#forgetAll()
    else this.#project(operations)
    const { frame } = this.state.getState()
    if (result.entry.frame !== frame) await this.goTo(result.entry.frame)
    else if (operations.length === 0) await this.reload()
  }

  #knownTrack(id: AnnotationId): Track | undefined {
    const shown = this.state.getState().annotations.get(id)
    return shown?.kind === 'track' ? shown : this.#shelf.get(id)
  }

  // -------------------------------------------------------------------------------------------------- from the core

  /** The outbox delivered a step. */
  acknowledged(result: ChangeResult): void {
    this.#sawRevision(result.revision)
  }

  #sawRevision(revision: number): void {
    if (revision > this.state.getState().revision) this.state.setState({ revision })
  }

  /** The core refused a step: what is on screen is wrong, read it again. */
  async refused(problem: ErrorBody): Promise<void> {
    this.#deps.onNotice({ kind: 'refused', problem })
    this.#forgetAll()
    await this.reload()
  }

  /** The stream says the task changed. Own steps are on screen already; others' make cached frames stale. */
  onAnnotationsEvent(event: EventOf<'annotations'>): void {
    if (event.taskId !== this.#deps.taskId) return
    if (event.by !== null && this.#ownSteps.delete(event.by)) return
    const { revision, travelling } = this.state.getState()
    if (event.revision <= revision) return
    // Our own undo or redo, announced before it answered: the answer carries the operations.
    if (travelling && event.by === null && event.revision === revision + 1) return
    this.state.setState({ revision: event.revision })
    this.#forgetAll()
    void this.reload()
  }

  /** Tell the document which steps are its own before the core announces them. */
  expect(clientStepId: string): void {
    this.#ownSteps.add(clientStepId)
  }

  #forgetAll(): void {
    this.#cache.forgetAll()
    this.#shelf.forget()
    for (const listener of this.#changeListeners) listener(null)
  }

  /** Fetch the marks and the shown frame's annotations again; the picture stays. */
  async reload(): Promise<void> {
    const { frame } = this.state.getState()
    void this.#loadMarks()
    try {
      const annotations = await this.#cache.fetch(frame)
      const now = this.state.getState()
      if (now.frame !== frame || this.#closed) return
      const newest = this.#cache.peek(frame) ?? annotations
      this.state.setState({
        annotations: newest,
        active: now.active.filter((id) => newest.has(id)),
      })
    } catch (error) {
      this.#deps.onNotice({ kind: 'unreachable', problem: problemOf(error) })
    }
  }

  // -------------------------------------------------------------------------------------------------- looks

  activate(ids: readonly AnnotationId[]): void {
    const { active } = this.state.getState()
    if (active.length === ids.length && active.every((id, at) => id === ids[at])) return
    this.state.setState({ active: ids })
  }

  viewOf(id: AnnotationId): AnnotationView {
    return this.state.getState().views.get(id) ?? plainView
  }

  /** Lock, hide or pin. Kept per task on this machine; no part of the data set, so no step. */
  setView(ids: readonly AnnotationId[], change: Partial<AnnotationView>): void {
    const changed = new Map(ids.map((id) => [id, { ...this.viewOf(id), ...change }]))
    const before = this.state.getState().views
    const views = new Map(before)
    for (const [id, view] of changed) views.set(id, view)
    descends(views, before, ids)
    this.state.setState({ views })
    this.#deps.journal.setViews(this.#deps.taskId, changed).catch((error: unknown) => {
      this.#deps.onNotice({ kind: 'journal-failed', problem: problemOf(error) })
    })
  }
}

function clamp(frame: FrameIndex, range: FrameRange): FrameIndex {
  return Math.max(range.start, Math.min(range.stop, Math.trunc(frame)))
}
