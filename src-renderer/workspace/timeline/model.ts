import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { Span } from '#shared/tracks/retime.ts'
import type { Bench } from '../bench/bench.ts'
import { CoreSearch } from './core-search.ts'
import { endOf, type Lane, startOf } from './lane.ts'
import { laneSource } from './lane-source.ts'
import { LaneStore } from './lane-store.ts'
import { type Layout, layoutOf, revealed, scrollRoom } from './layout.ts'
import { type LaneSort, rowsOf, searchOf } from './rows.ts'
import { clampView, type Extent, follow, type TimeView, viewOf, zoomAt } from './time-view.ts'
import type { Chosen, TimelineState } from './timeline-state.ts'

/** The timeline of a bench without its pictures: what is shown, in which order, and what is chosen. */
export class Timeline {
  readonly bench: Bench
  readonly size: number
  readonly lanes: LaneStore
  readonly state: StoreApi<TimelineState>
  /** Of the drawing area; a guess until it is on screen. */
  layout: Layout
  /** Put the keyboard into the timeline, or into its search field; set by the dock. */
  focus: (where: 'lanes' | 'search') => void = () => undefined
  readonly #core: CoreSearch
  #found: ReadonlySet<AnnotationId> | null = null

  constructor(bench: Bench) {
    this.bench = bench
    this.#core = new CoreSearch(bench.taskId)
    this.size = Math.max(1, bench.ui.getState().task.size)
    this.lanes = new LaneStore(
      laneSource(bench.taskId, this.size, bench.document),
      bench.document,
      this.size,
    )
    this.layout = layoutOf({
      width: 1000,
      height: 240,
      hasClock: false,
      hasSummary: true,
      thumbs: 0,
    })
    this.state = createStore<TimelineState>(() => ({
      status: 'loading',
      total: 0,
      rows: [],
      search: '',
      isSearching: false,
      sort: 'start',
      onFrameOnly: false,
      focused: null,
      chosen: null,
      menu: null,
      view: viewOf(bench.document.range, { size: this.size, width: 780 }),
      scroll: 0,
      preview: new Map(),
      version: 0,
    }))
  }

  get lastFrame(): FrameIndex {
    return this.size - 1
  }

  get extent(): Extent {
    return { size: this.size, width: this.layout.timeWidth }
  }

  /** Follow the document. @returns how to stop */
  open(): () => void {
    const { document, ui } = this.bench
    const stops = [
      this.lanes.state.subscribe(() => this.#laneChanged()),
      this.lanes.open(),
      document.state.subscribe((now, before) => {
        if (now.wanted !== before.wanted) this.#frameWanted(now.wanted)
        if (now.frame !== before.frame && this.state.getState().onFrameOnly) this.#arrange()
        if (now.active !== before.active) this.#follow(now.active)
      }),
      ui.subscribe((now, before) => {
        if (now.labelsById !== before.labelsById) this.#arrange()
      }),
    ]
    this.#laneChanged()
    this.#follow(document.state.getState().active)
    return () => {
      for (const stop of stops) stop()
    }
  }

  // ---------------------------------------------------------------------------------------------- which lanes

  #laneChanged(): void {
    const { lanes, hasFailed } = this.lanes.state.getState()
    const before = this.state.getState()
    const status = hasFailed ? 'failed' : lanes ? 'ready' : 'loading'
    this.state.setState({ status, total: lanes?.size ?? 0, version: before.version + 1 })
    if (lanes) this.#arrange()
  }

  #arrange(): void {
    const { lanes } = this.lanes.state.getState()
    if (!lanes) return
    const { search, sort, onFrameOnly, focused, chosen, scroll } = this.state.getState()
    const { labels, labelsById } = this.bench.ui.getState()
    const onFrame = onFrameOnly ? this.bench.document.state.getState().frame : null
    const found = this.#found
    const wanted = { search: searchOf(search), found, sort, onFrame, labels, labelsById }
    const rows = rowsOf(lanes, wanted)
    const kept = chosen && [...chosen.ids].filter((id) => lanes.has(id))
    this.state.setState({
      rows,
      focused: focused !== null && lanes.has(focused) ? focused : null,
      chosen: chosen && kept && kept.length > 0 ? { ...chosen, ids: new Set(kept) } : null,
      scroll: Math.min(scroll, scrollRoom(this.layout, rows.length)),
    })
  }

  setSort(sort: LaneSort): void {
    this.state.setState({ sort })
    this.#arrange()
  }

  setOnFrameOnly(onFrameOnly: boolean): void {
    this.state.setState({ onFrameOnly })
    this.#arrange()
  }

  /** Words, or a filter. What needs outlines to be judged is asked of the core; the newest question counts. */
  async setSearch(text: string): Promise<void> {
    const search = searchOf(text)
    const isForCore = search.kind === 'filter' && search.isForCore
    this.#found = null
    this.state.setState({ search: text, isSearching: isForCore, scroll: 0 })
    this.#arrange()
    const found = await this.#core.find(isForCore ? search.filter : null)
    if (!found) return
    this.#found = found
    this.state.setState({ isSearching: false })
    this.#arrange()
  }

  lane(id: AnnotationId): Lane | null {
    return (
      this.state.getState().preview.get(id) ?? this.lanes.state.getState().lanes?.get(id) ?? null
    )
  }

  // ---------------------------------------------------------------------------------------------- which part of it

  /** The drawing area has another size. */
  resize(layout: Layout): void {
    const before = this.extent
    this.layout = layout
    const { view, scroll, rows, version } = this.state.getState()
    const isWhole = before.width !== layout.timeWidth && this.#isFitted(view, before)
    this.state.setState({
      view: isWhole ? viewOf(this.bench.document.range, this.extent) : clampView(view, this.extent),
      scroll: Math.min(scroll, scrollRoom(layout, rows.length)),
      version: version + 1,
    })
  }

  /** What showed the whole job goes on showing the whole job. */
  #isFitted(view: TimeView, extent: Extent): boolean {
    return Math.abs(viewOf(this.bench.document.range, extent).perFrame / view.perFrame - 1) < 0.001
  }

  show(view: TimeView): void {
    this.state.setState({ view: clampView(view, this.extent) })
  }

  /** About the playhead where it is in sight, else about the middle. */
  zoom(factor: number): void {
    const { view } = this.state.getState()
    const { wanted } = this.bench.document.state.getState()
    const x = (wanted + 0.5 - view.first) * view.perFrame
    const isInSight = x >= 0 && x <= this.extent.width
    this.show(zoomAt(view, isInSight ? x : this.extent.width / 2, factor, this.extent))
  }

  fitAll(): void {
    this.show(viewOf(this.bench.document.range, this.extent))
  }

  /** What is chosen; else the tracks selected; else everything. */
  fitSelection(): void {
    const span = this.state.getState().chosen ?? this.#spanOf(this.selected())
    this.show(viewOf(span ?? this.bench.document.range, this.extent))
  }

  fitLane(id: AnnotationId): void {
    const span = this.#spanOf([id])
    if (span) this.show(viewOf(span, this.extent))
  }

  #spanOf(ids: readonly AnnotationId[]): Span | null {
    const lanes = ids.flatMap((id) => this.lane(id) ?? [])
    const starts = lanes.flatMap((lane) => startOf(lane) ?? [])
    const ends = lanes.flatMap((lane) => endOf(lane, this.lastFrame) ?? [])
    if (starts.length === 0) return null
    return { start: Math.min(...starts), stop: Math.max(...ends) }
  }

  scrollTo(scroll: number): void {
    const room = scrollRoom(this.layout, this.state.getState().rows.length)
    this.state.setState({ scroll: Math.max(0, Math.min(room, scroll)) })
  }

  #frameWanted(frame: FrameIndex): void {
    const { view } = this.state.getState()
    const turned = follow(view, frame, this.extent)
    if (turned !== view) this.state.setState({ view: turned })
  }

  // ---------------------------------------------------------------------------------------------- which of them

  /** Tracks the verbs of the timeline are for: those selected, else the one in focus. */
  selected(): readonly AnnotationId[] {
    const { active } = this.bench.document.state.getState()
    const { lanes } = this.lanes.state.getState()
    const tracks = active.filter((id) => lanes?.has(id))
    const { focused } = this.state.getState()
    if (tracks.length > 1) return tracks
    return focused === null ? tracks : [focused]
  }

  #follow(active: readonly AnnotationId[]): void {
    const [only] = active
    if (active.length === 1 && only !== undefined && this.lane(only)) this.focusLane(only)
  }

  /** The lane the keys are for, in sight. */
  focusLane(id: AnnotationId | null): void {
    const { rows, scroll } = this.state.getState()
    const row = rows.findIndex((lane) => lane.id === id)
    this.state.setState({
      focused: id,
      ...(row >= 0 && { scroll: revealed(row, this.layout, scroll) }),
    })
  }

  /** Up and Down: the next lane; its track is selected where it is on the frame shown. */
  walk(by: number): void {
    const { rows, focused } = this.state.getState()
    const at = rows.findIndex(({ id }) => id === focused)
    const start = by > 0 ? -1 : rows.length
    const next = rows[Math.max(0, Math.min(rows.length - 1, (at < 0 ? start : at) + by))]
    if (!next) return
    this.focusLane(next.id)
    const { annotations } = this.bench.document.state.getState()
    this.bench.document.activate(annotations.has(next.id) ? [next.id] : [])
  }

  choose(chosen: Chosen | null): void {
    this.state.setState({ chosen: chosen && chosen.ids.size > 0 ? chosen : null })
  }
}
