import { createStore } from 'zustand/vanilla'
import { colorOf } from '#renderer/state/coloring.ts'
import { plainView } from '#renderer/state/journal.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { HEAD_PX, LANE_PX, layoutOf, rowsInSight } from './layout.ts'
import type { Timeline } from './model.ts'
import { paintOverview, paintScrollbar, paintSummary } from './paint/bands.ts'
import { paintHead } from './paint/heads.ts'
import { paintLane } from './paint/lanes.ts'
import { paintOverlay } from './paint/overlay.ts'
import { paintBeyond, paintRuler, type RulerScene } from './paint/ruler.ts'
import { type Brush, brushOf, readTheme, type Theme } from './paint/theme.ts'
import { highest } from './presence.ts'
import { asAnnotation, clockOf, type Sheet, sheetIn } from './sheet.ts'
import { THUMBS_PX, Thumbs } from './thumbs.ts'

/** What is under the pointer: written at its rate, so it is no part of the timeline's state. */
export interface Hover {
  readonly frame: FrameIndex
  readonly row: number | null
}

/**
 * The two sheets the timeline is drawn on: lanes and bands below, which change when tracks or the view do, and above them
 * what moves with every frame. Nothing is drawn twice in one display frame.
 */
export class Sheets {
  readonly hover = createStore<{ at: Hover | null }>(() => ({ at: null }))
  readonly #timeline: Timeline
  readonly #host: HTMLElement
  readonly #texts: { summary: string }
  readonly #base: Sheet
  readonly #top: Sheet
  readonly #thumbs: Thumbs
  readonly #stops: (() => void)[]
  #theme: Theme
  #ratio = 1
  #pending: 'none' | 'top' | 'all' = 'none'
  #heights: { key: string; values: Uint32Array } = { key: '', values: new Uint32Array(0) }

  constructor(timeline: Timeline, host: HTMLElement, texts: { summary: string }) {
    this.#timeline = timeline
    this.#host = host
    this.#texts = texts
    this.#base = sheetIn(host)
    this.#top = sheetIn(host)
    this.#theme = readTheme(host)
    this.#thumbs = new Thumbs(timeline.bench.taskId, () => this.#paintSoon('all'))
    const { document, ui } = timeline.bench
    const observer = new ResizeObserver(() => this.#resize())
    observer.observe(host)
    const repaint = new MutationObserver(() => {
      this.#theme = readTheme(host)
      this.#paintSoon('all')
    })
    repaint.observe(globalThis.document.documentElement, {
      attributeFilter: ['data-mantine-color-scheme'],
    })
    this.#stops = [
      () => observer.disconnect(),
      () => repaint.disconnect(),
      timeline.state.subscribe(() => this.#paintSoon('all')),
      document.state.subscribe((now, before) => {
        const isLook = now.views !== before.views || now.active !== before.active
        if (isLook || now.marks !== before.marks) this.#paintSoon('all')
        else if (now.frame !== before.frame || now.wanted !== before.wanted) this.#paintSoon('top')
      }),
      ui.subscribe((now, before) => {
        const isOther = now.labelsById !== before.labelsById || now.task.video !== before.task.video
        if (isOther || now.times !== before.times) this.#paintSoon('all')
      }),
      useSettings.subscribe((now, before) => {
        if (now.timeline !== before.timeline) this.#resize()
        if (now.colorBy !== before.colorBy || now.palette !== before.palette) this.#paintSoon('all')
      }),
      this.hover.subscribe(() => this.#paintSoon('top')),
    ]
    this.#resize()
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#thumbs.close()
    this.#base.canvas.remove()
    this.#top.canvas.remove()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host
    if (width === 0 || height === 0) return
    this.#ratio = devicePixelRatio || 1
    for (const { canvas } of [this.#base, this.#top]) {
      canvas.width = Math.round(width * this.#ratio)
      canvas.height = Math.round(height * this.#ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    const thumbs = useSettings.getState().timeline.thumbnails ? THUMBS_PX : 0
    const hasSummary = this.#timeline.lanes.shapeTotal > 0
    const hasClock = clockOf(this.#timeline) !== null
    this.#timeline.resize(layoutOf({ width, height, hasClock, hasSummary, thumbs }))
    // A canvas that is resized is empty until it is painted: in this very frame, so that nothing flickers.
    this.#paint('all')
  }

  #paintSoon(what: 'top' | 'all'): void {
    if (this.#pending === 'none') requestAnimationFrame(() => this.#paint(this.#pending))
    if (this.#pending !== 'all') this.#pending = what
  }

  #paint(what: 'none' | 'top' | 'all'): void {
    this.#pending = 'none'
    if (what === 'none' || !this.#host.isConnected) return
    if (what === 'all') this.#paintBase()
    this.#paintTop()
  }

  #brush({ ctx }: Sheet): Brush {
    ctx.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    return brushOf(ctx, this.#theme, this.#ratio)
  }

  #paintBase(): void {
    const brush = this.#brush(this.#base)
    const { ctx, theme } = brush
    const { layout, size, bench, lanes } = this.#timeline
    const hasSummary = lanes.shapeTotal > 0
    if (hasSummary !== layout.summary.height > 0) return void this.#resize()
    const { view, rows, scroll } = this.#timeline.state.getState()
    const { marks } = bench.document.state.getState()
    const ruler: RulerScene = {
      ...{ layout, view, size, range: bench.document.range, marks },
      clock: clockOf(this.#timeline),
    }
    ctx.fillStyle = theme.page
    ctx.fillRect(0, 0, layout.width, layout.height)
    this.#paintLanes(brush)
    paintBeyond(brush, ruler)
    paintRuler(brush, ruler)
    paintSummary(brush, layout, view, lanes.shapeCounts, this.#texts.summary)
    this.#paintThumbs(brush)
    const heights = this.#heightsFor(layout.timeWidth)
    paintOverview(brush, layout, { view, size, range: bench.document.range, heights })
    paintScrollbar(brush, layout, rows.length, scroll)
    ctx.fillStyle = theme.border
    ctx.fillRect(HEAD_PX - 1, 0, 1, layout.height)
    this.#host.dataset.view = `${view.first} ${view.perFrame}`
    this.#host.dataset.lanes = `${layout.lanes.top} ${scroll}`
    this.#host.dataset.rows = String(rows.length)
  }

  #paintLanes(brush: Brush): void {
    const { ctx, theme, snap } = brush
    const { layout, bench, lastFrame } = this.#timeline
    const { rows, scroll, view, focused, chosen, preview } = this.#timeline.state.getState()
    const { active, views } = bench.document.state.getState()
    const { labelsById } = bench.ui.getState()
    const { colorBy } = useSettings.getState()
    const isActive = new Set(active)
    const [first, end] = rowsInSight(layout, scroll, rows.length)
    ctx.save()
    ctx.beginPath()
    ctx.rect(0, layout.lanes.top, layout.width, layout.lanes.height)
    ctx.clip()
    for (let row = first; row < end; row += 1) {
      const shown = rows[row]
      if (!shown) continue
      const lane = preview.get(shown.id) ?? shown
      const top = layout.lanes.top + row * LANE_PX - scroll
      const { locked, hidden } = views.get(lane.id) ?? plainView
      const look = {
        color: colorOf(asAnnotation(lane), colorBy, labelsById),
        isLocked: locked,
        isHidden: hidden,
        isActive: isActive.has(lane.id),
        isFocused: lane.id === focused,
        hasButtons: lane.id === focused,
        chosen: chosen?.ids.has(lane.id) ? chosen : null,
        label: labelsById.get(lane.labelId)?.name ?? '',
        number: String(lane.id),
      }
      if (look.isActive) {
        ctx.fillStyle = theme.accentSoft
        ctx.fillRect(HEAD_PX, top, layout.timeWidth, LANE_PX)
      }
      paintHead(brush, look, top)
      ctx.save()
      ctx.beginPath()
      ctx.rect(HEAD_PX, layout.lanes.top, layout.timeWidth, layout.lanes.height)
      ctx.clip()
      ctx.translate(HEAD_PX, 0)
      paintLane(brush, lane, look, {
        view,
        width: layout.timeWidth,
        top,
        height: LANE_PX,
        lastFrame,
      })
      ctx.restore()
      ctx.globalAlpha = 0.6
      ctx.fillStyle = theme.border
      ctx.fillRect(0, snap(top + LANE_PX - 1), layout.width, brush.hair)
      ctx.globalAlpha = 1
    }
    ctx.restore()
  }

  #paintThumbs({ ctx, theme }: Brush): void {
    const { layout, size, bench } = this.#timeline
    if (layout.thumbs.height === 0) return
    const { view } = this.#timeline.state.getState()
    const { picture } = bench.document.state.getState()
    const { video } = bench.ui.getState().task
    const bitmap = picture?.kind === 'ready' ? picture.bitmap : null
    const { width, height } = video ?? bitmap ?? { width: 16, height: 9 }
    ctx.fillStyle = theme.chrome
    ctx.fillRect(0, 0, layout.width, layout.thumbs.height)
    ctx.save()
    ctx.beginPath()
    ctx.rect(HEAD_PX, 0, layout.timeWidth, layout.thumbs.height)
    ctx.clip()
    ctx.translate(HEAD_PX, layout.thumbs.top + 1)
    const aspect = Math.max(0.4, Math.min(3, width / Math.max(1, height)))
    const of = { isVideo: video !== null, isRead: video?.verified === true }
    const scene = { view, width: layout.timeWidth, size, aspect, ...of }
    this.#thumbs.paint(ctx, { ...scene, empty: theme.sunken })
    ctx.restore()
  }

  #heightsFor(width: number): Uint32Array {
    const { version } = this.#timeline.lanes.state.getState()
    const key = `${version}/${width}`
    if (this.#heights.key !== key)
      this.#heights = {
        key,
        values: highest(this.#timeline.lanes.presence.counts(), Math.floor(width)),
      }
    return this.#heights.values
  }

  #paintTop(): void {
    const { layout, size, bench } = this.#timeline
    const { view, scroll, chosen, rows } = this.#timeline.state.getState()
    const { frame, wanted } = bench.document.state.getState()
    const { at } = this.hover.getState()
    const topOf = (row: number) => layout.lanes.top + row * LANE_PX - scroll
    const places = chosen ? rows.flatMap(({ id }, row) => (chosen.ids.has(id) ? [row] : [])) : []
    paintOverlay(this.#brush(this.#top), {
      ...{ layout, view, size, frame, wanted, clock: clockOf(this.#timeline) },
      chosen:
        chosen && places.length > 0
          ? { ...chosen, top: topOf(places[0] ?? 0), bottom: topOf((places.at(-1) ?? 0) + 1) }
          : null,
      hover: at && { frame: at.frame, top: at.row === null ? null : topOf(at.row) },
    })
  }
}
