import type { Canvas2d, CanvasShape, ShapeChange } from '#renderer/canvas/canvas-api.ts'
import { toCanvasShape } from '#renderer/state/coloring.ts'
import type { DocumentState } from '#renderer/state/document.ts'
import { type AnnotationView, plainView } from '#renderer/state/journal.ts'
import { changedBetween } from '#renderer/state/lineage.ts'
import { type Settings, useSettings } from '#renderer/state/settings.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { shapeOn, withShapeOn } from '#shared/tracks/on-frame.ts'
import { followInteraction } from '../ai/interacting.ts'
import { showFound } from '../ai/show-found.ts'
import { isShown } from '../filter/shown.ts'
import { finishPainting, followPainting } from '../masks/finish-painting.ts'
import { offerBack } from '../masks/offer-back.tsx'
import { paintOn } from '../masks/paint-on.ts'
import { afterCancelled, afterDrawn } from '../modes/single-shape/single-shape.ts'
import { followScissors } from '../opencv/scissoring.ts'
import { onPick } from '../operations/picking.ts'
import { finishSlice } from '../operations/slice.ts'
import { showGhosts } from '../predictions/show-ghosts.ts'
import { textWithTracker } from '../trackers/followed.ts'
import { annotationsOf, type Bench, targetIds } from './bench.ts'
import { finishDrawn, finishPaste, startDrawing, takeTool } from './drawing.ts'
import { change } from './editing.ts'
import { finishRedrawn, leaveRedrawing } from './redrawing.ts'

/**
 * Keeps the canvas a projection of the document: every state change becomes the smallest call that shows it, every
 * gesture of the canvas becomes one step. Runs outside React, so that neither direction renders a component.
 */
export function linkCanvas(
  bench: Bench,
  canvas: Canvas2d,
  showCursor: (at: { x: number; y: number } | null) => void,
): () => void {
  const projection = new Projection(bench, canvas)
  bench.canvas = canvas
  const settings = useSettings.getState()
  applySettings(canvas, settings, null)
  projection.show(bench.document.state.getState(), settings)
  const stops = [
    bench.document.state.subscribe((state) => {
      projection.show(state, useSettings.getState())
      leaveRedrawing(bench)
    }),
    useSettings.subscribe((now, before) => {
      applySettings(canvas, now, before)
      if (lookOf(now) !== lookOf(before)) projection.show(bench.document.state.getState(), now)
    }),
    bench.ui.subscribe((now, before) => {
      if (
        now.labelsById !== before.labelsById ||
        now.filter !== before.filter ||
        now.isolated !== before.isolated ||
        now.followed !== before.followed
      )
        projection.show(bench.document.state.getState(), useSettings.getState())
      if (now.hovered !== before.hovered) projection.activate()
    }),
    ...followPainting(bench),
    ...showFound(bench),
    ...followInteraction(bench),
    ...followScissors(bench),
    ...showGhosts(bench, canvas),
    ...listen(bench, canvas, showCursor),
  ]
  return () => {
    for (const stop of stops) stop()
    bench.canvas = null
  }
}

function applySettings(canvas: Canvas2d, now: Settings, before: Settings | null): void {
  if (!before || appearanceFields.some((field) => now[field] !== before[field]))
    canvas.setAppearance(appearanceOf(now))
  if (now.imageFilter !== before?.imageFilter) canvas.setImageFilter(now.imageFilter)
  if (now.grid !== before?.grid) canvas.setGrid(now.grid)
  if (!before || editFields.some((field) => now[field] !== before[field])) {
    const { automaticBordering, intelligentCropping, sharedBorders } = now
    canvas.setEditOptions({ automaticBordering, intelligentCropping, sharedBorders })
  }
}

const editFields = ['automaticBordering', 'intelligentCropping', 'sharedBorders'] as const

const appearanceFields = ['appearance', 'textSize', 'textPosition', 'controlPointsSize'] as const

function appearanceOf({ appearance, textSize, textPosition, controlPointsSize }: Settings) {
  return { ...appearance, textSize, textPosition, controlPointsSize }
}

/** What every shape's look depends on besides itself. */
const lookOf = ({ colorBy, palette, textContent }: Settings): string =>
  [colorBy, palette, ...textContent].join()

type Shown = Pick<DocumentState, 'frame' | 'picture' | 'annotations' | 'views' | 'active' | 'marks'>

interface Drawn {
  readonly annotation: Annotation
  readonly view: AnnotationView
  readonly shape: CanvasShape
}

class Projection {
  readonly #bench: Bench
  readonly #canvas: Canvas2d
  #drawn = new Map<AnnotationId, Drawn>()
  #shown: Shown | null = null
  #look = ''
  #labels: unknown = null
  #filter: unknown = null
  #isolated: unknown = null
  #followed: unknown = null
  #size = { width: 0, height: 0 }

  constructor(bench: Bench, canvas: Canvas2d) {
    this.#bench = bench
    this.#canvas = canvas
  }

  show(state: DocumentState, settings: Settings): void {
    const before = this.#shown
    this.#shown = state
    const { labelsById, filter, isolated, followed } = this.#bench.ui.getState()
    const relook =
      this.#look !== lookOf(settings) ||
      this.#labels !== labelsById ||
      this.#filter !== filter ||
      this.#isolated !== isolated ||
      this.#followed !== followed
    this.#filter = filter
    this.#isolated = isolated
    this.#followed = followed
    this.#look = lookOf(settings)
    this.#labels = labelsById
    const newPicture = state.picture !== before?.picture
    if (newPicture && !relook && this.#isSharper(state, before)) {
      this.#patch(state, settings, changedIds(before, state))
      if (state.active !== before?.active) this.activate()
      return
    }
    // The same frame under another tone keeps its place on the screen.
    const keep = settings.keepViewport || state.frame === before?.frame
    if (newPicture) this.#showPicture(state, keep)
    // Where tracks lie depends on which of their keyframes are on deleted frames.
    const remarked = before !== null && state.marks.deletedCount !== before.marks.deletedCount
    if (newPicture || relook || remarked) this.#redraw(state, settings)
    else if (state.annotations !== before?.annotations || state.views !== before?.views)
      this.#patch(state, settings, changedIds(before, state))
    if (newPicture || state.active !== before?.active) this.activate()
  }

  /** The exact picture of the frame whose stand-in is on screen, or the same under another tone: only pixels change. */
  #isSharper(state: DocumentState, before: Shown | null): boolean {
    const [now, then] = [state.picture, before?.picture]
    if (now?.kind !== 'ready' || then?.kind !== 'ready' || state.frame !== before?.frame)
      return false
    if (now.width !== then.width || now.height !== then.height) return false
    this.#canvas.replaceImage(now.bitmap)
    return true
  }

  /** Handles on what a verb would change; while drawing the pointer takes hold of nothing. */
  activate(): void {
    const { active } = this.#bench.document.state.getState()
    const { tool } = this.#bench.ui.getState()
    this.#canvas.setActive(tool === 'select' ? targetIds(this.#bench) : active)
  }

  #showPicture(state: DocumentState, keepViewport: boolean): void {
    const bitmap = state.picture?.kind === 'ready' ? state.picture.bitmap : null
    const { width, height } = state.picture?.kind === 'ready' ? state.picture : this.#size
    const size = { width, height }
    const first = this.#size.width === 0
    this.#size = size
    this.#canvas.setImage(bitmap, size, keepViewport && !first)
    if (this.#bench.ui.getState().hovered !== null) this.#bench.ui.setState({ hovered: null })
  }

  #redraw(state: DocumentState, settings: Settings): void {
    this.#drawn = new Map()
    for (const annotation of state.annotations.values()) this.#remember(annotation, state, settings)
    this.#canvas.setShapes([...this.#drawn.values()].map(({ shape }) => shape))
  }

  /** @param ids  what may have changed; null = anything */
  #patch(state: DocumentState, settings: Settings, ids: Iterable<AnnotationId> | null): void {
    const removed: AnnotationId[] = []
    const changed: CanvasShape[] = []
    for (const id of ids ?? new Set([...this.#drawn.keys(), ...state.annotations.keys()])) {
      const annotation = state.annotations.get(id)
      const known = this.#drawn.get(id)
      const view = state.views.get(id) ?? plainView
      if (annotation && known?.annotation === annotation && known.view === view) continue
      const shape = annotation ? this.#remember(annotation, state, settings) : null
      if (shape) changed.push(shape)
      else if (this.#drawn.delete(id)) removed.push(id)
    }
    if (changed.length > 0 || removed.length > 0) this.#canvas.patchShapes(changed, removed)
  }

  #remember(annotation: Annotation, state: DocumentState, settings: Settings): CanvasShape | null {
    const seen = shapeOn(annotation, state.frame, state.marks)
    if (!seen || !isShown(this.#bench, annotation)) return null
    const view = state.views.get(annotation.id) ?? plainView
    const { labelsById, followed } = this.#bench.ui.getState()
    const plain = toCanvasShape(seen, view, settings.colorBy, labelsById)
    const text = textWithTracker(plain.text, followed.get(annotation.id))
    const shape = text === plain.text ? plain : { ...plain, text }
    this.#drawn.set(annotation.id, { annotation, view, shape })
    return shape
  }
}

/** Annotations that were edited or are looked at differently; null when that is not known. */
function changedIds(
  before: Pick<DocumentState, 'annotations' | 'views'> | null,
  now: DocumentState,
): Set<AnnotationId> | null {
  if (!before) return null
  const edited = changedBetween(before.annotations, now.annotations)
  const looked = changedBetween(before.views, now.views)
  return edited && looked && new Set([...edited, ...looked])
}

function listen(
  bench: Bench,
  canvas: Canvas2d,
  showCursor: (at: { x: number; y: number } | null) => void,
): (() => void)[] {
  const { document, ui } = bench
  return [
    canvas.on('hover', ({ id, joint }) => ui.setState({ hovered: id, hoveredJoint: joint })),
    canvas.on('select', ({ ids, additive }) => {
      ui.setState({ menu: null })
      document.activate(additive ? toggled(document.state.getState().active, ids) : ids)
    }),
    canvas.on('draw', ({ shape, again }) => {
      if (finishRedrawn(bench, shape)) return
      if (shape.type === 'mask') finishPainting(bench, shape.points)
      else finishDrawn(bench, shape)
      if (ui.getState().mode === 'single-shape') queueMicrotask(() => afterDrawn(bench))
      else if (!again && ui.getState().draw.again) queueMicrotask(() => startDrawing(bench))
    }),
    canvas.on('edit', ({ changes, verb }) => {
      const byId = new Map(changes.map((one) => [one.id, one]))
      change(bench, verb, annotationsOf(bench, [...byId.keys()]), (one) =>
        edited(one, document.state.getState(), byId.get(one.id)),
      )
    }),
    canvas.on('paintOn', ({ id }) => paintOn(bench, id)),
    canvas.on('paste', ({ shapes }) => finishPaste(bench, shapes)),
    canvas.on('pick', ({ ids, done }) => onPick(bench, ids, done)),
    canvas.on('slice', ({ id, pieces }) => finishSlice(bench, id, pieces)),
    canvas.on('toolEnd', ({ cancelled }) => {
      ui.setState({ tool: 'select', redrawing: null })
      canvas.conceal([])
      if (cancelled) queueMicrotask(() => afterCancelled(bench))
    }),
    canvas.on('left', ({ tool }) => {
      if (tool.kind === 'draw') offerBack('outline', () => takeTool(bench, tool.shape, tool))
    }),
    canvas.on('viewport', ({ scale }) => ui.setState({ scale })),
    canvas.on('cursor', showCursor),
    canvas.on('contextMenu', ({ id, vertex, clientX, clientY }) => {
      if (id !== null && !document.state.getState().active.includes(id)) document.activate([id])
      ui.setState({ menu: id === null ? null : { id, vertex, x: clientX, y: clientY } })
    }),
    canvas.on('hint', ({ key }) => ui.setState({ hint: key })),
  ]
}

function edited(
  annotation: Annotation,
  { frame, marks }: Pick<DocumentState, 'frame' | 'marks'>,
  change: ShapeChange | undefined,
): Annotation {
  const shape = shapeOn(annotation, frame, marks)
  if (!change || !shape) return annotation
  const { points, rotation, elements } = change
  const joints = elements ? { elements: [...elements] } : {}
  return withShapeOn(annotation, frame, { ...shape, points: [...points], rotation, ...joints })
}

/** Clicking what is selected, with Shift or Ctrl, takes it out of the selection. */
function toggled(
  active: readonly AnnotationId[],
  ids: readonly AnnotationId[],
): readonly AnnotationId[] {
  const [was, taken] = [new Set(active), new Set(ids)]
  return [...active.filter((id) => !taken.has(id)), ...ids.filter((id) => !was.has(id))]
}
