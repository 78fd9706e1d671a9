import type { DrawnShape, Tool } from '#renderer/canvas/canvas-api.ts'
import { fitInto } from '#renderer/canvas/geometry/fit-into.ts'
import { runAction } from '#renderer/state/actions.ts'
import { skeletonLook, toCanvasShape } from '#renderer/state/coloring.ts'
import { plainView } from '#renderer/state/journal.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { createStep, newShape } from '#renderer/state/steps.ts'
import { type Shape, shapeTypes } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { jointsInBox } from '#shared/domain/skeleton.ts'
import { trackOf } from '#shared/tracks/edit.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { interactAgain, relabelInteraction } from '../ai/interacting.ts'
import { forgetStart } from '../ai/starting.ts'
import { maskTool } from '../masks/painting.ts'
import { relabelScissors, startScissors } from '../opencv/scissoring.ts'
import { asOfTask, lastCopied } from '../operations/clipboard.ts'
import { startFollowing } from '../trackers/followed.ts'
import {
  type Bench,
  commonLabel,
  type DrawSettings,
  type DrawTool,
  type ToolName,
} from './bench.ts'

/** True when shapes of this type may carry the label. */
export function labelFits(label: Label, shape: string): boolean {
  if (shape === 'skeleton') return label.type === 'skeleton'
  return label.type === 'any' || label.type === shape
}

/** The label the next drawing of `shape` gets: the chosen one where it fits, else the first that does. */
export function drawLabel(bench: Bench, shape = bench.ui.getState().draw.shape): Label | null {
  const { labels, labelsById, draw } = bench.ui.getState()
  const chosen = draw.labelId === null ? undefined : labelsById.get(draw.labelId)
  if (chosen && labelFits(chosen, shape)) return chosen
  return labels.find((label) => labelFits(label, shape)) ?? null
}

/** Begin drawing with the last settings, changed by `change`. Without a label it asks for one first. */
export function startDrawing(bench: Bench, change: Partial<DrawSettings> = {}): void {
  if (bench.ui.getState().task.mediaState !== 'ready') return
  const { frame, marks } = bench.document.state.getState()
  if (marks.isDeleted(frame)) {
    bench.ui.setState({ hint: 'frameDeleted' })
    return
  }
  const draw = withChange(bench.ui.getState().draw, change)
  bench.ui.setState({ draw, repeats: 'draw' })
  const label = drawLabel(bench, draw.shape)
  if (!label) {
    askForLabel(bench, draw.shape)
    return
  }
  bench.document.activate([])
  const tool = draw.shape === 'mask' ? maskTool(bench, label) : drawingTool(draw, label)
  if (tool) takeTool(bench, draw.shape, tool)
}

/** A name is enough for most labels; a skeleton has to be built. */
function askForLabel(bench: Bench, shape: DrawTool): void {
  const isSkeleton = shape === 'skeleton'
  bench.ui.setState({ tab: 'labels', wantsLabel: !isSkeleton })
  if (!isSkeleton) return
  bench.ui.setState({ hint: 'skeletonNeedsLabel' })
  runAction('files.labels')
}

/** Settings after a change; another shape comes with the number of points it had last. */
export function withChange(draw: DrawSettings, change: Partial<DrawSettings>): DrawSettings {
  const { shape = draw.shape } = change
  // Whoever chooses what to draw chooses anew whether a tracker leads it on.
  const tracker = change.objectType === undefined ? draw.tracker : null
  if (shape === draw.shape) return { ...draw, tracker, ...change }
  const pointCounts = { ...draw.pointCounts, [draw.shape]: draw.pointCount }
  return { ...draw, tracker, pointCount: pointCounts[shape] ?? null, ...change, pointCounts }
}

/** What the canvas is told to draw with these settings; null for what cannot be drawn with this label. */
export function drawingTool(draw: DrawSettings, label: Label): Tool | null {
  const { color } = label
  switch (draw.shape) {
    case 'rectangle':
      return { kind: 'draw', shape: 'rectangle', color, method: draw.rectangleMethod }
    case 'polygon':
    case 'polyline':
    case 'points':
      return { kind: 'draw', shape: draw.shape, color, pointCount: draw.pointCount }
    case 'ellipse':
      return { kind: 'draw', shape: 'ellipse', color }
    case 'skeleton':
      return {
        kind: 'draw',
        shape: 'skeleton',
        color,
        look: skeletonLook(label),
        template: jointsInBox(label, { x1: 0, y1: 0, x2: 1, y2: 1 }),
      }
    case 'cuboid':
      return { kind: 'draw', shape: 'cuboid', color, method: draw.cuboidMethod }
    default:
      return null
  }
}

export function isDrawTool(tool: ToolName): tool is DrawTool {
  return (shapeTypes as readonly string[]).includes(tool)
}

/** Tools that do something with shapes that are there. */
function isOperation(tool: ToolName): boolean {
  return ['merge', 'split', 'group', 'join', 'slice'].includes(tool)
}

/** N: finish what is being drawn, else draw once more as the last time. */
export function repeatDrawing(bench: Bench): void {
  const { tool } = bench.ui.getState()
  if (isDrawTool(tool) || isOperation(tool) || bench.canvas?.isSketching)
    bench.canvas?.finishDrawing()
  else repeatLast(bench)
}

function repeatLast(bench: Bench): void {
  const { repeats } = bench.ui.getState()
  if (repeats === 'interact') void interactAgain(bench)
  else if (repeats === 'scissors') startScissors(bench)
  else startDrawing(bench)
}

export function selectTool(bench: Bench, kind: 'select' | 'pan' | 'zoom-area'): void {
  takeTool(bench, kind, { kind })
}

/**
 * Give the canvas a tool and tell the panels which one it is.
 * @param redrawing  what is drawn takes its place; it is not shown meanwhile
 */
export function takeTool(
  bench: Bench,
  name: ToolName,
  tool: Tool,
  redrawing: AnnotationId | null = null,
): void {
  forgetStart()
  bench.ui.setState({ tool: name, hint: null, redrawing })
  bench.canvas?.conceal(redrawing === null ? [] : [redrawing])
  bench.canvas?.setTool(tool)
}

/** Draw with this label from now on; what is being drawn changes colour. */
export function chooseDrawLabel(bench: Bench, labelId: LabelId): void {
  const { draw, tool } = bench.ui.getState()
  bench.ui.setState({ draw: { ...draw, labelId } })
  if (tool === draw.shape) startDrawing(bench)
  relabelInteraction(bench, labelId)
  relabelScissors(bench, labelId)
}

/** A drawing is finished: it becomes an annotation at once. */
export function finishDrawn(bench: Bench, drawn: DrawnShape): void {
  const label = drawLabel(bench)
  const id = bench.document.takeIds(1)?.[0]
  if (!label || id === undefined) return
  const { frame } = bench.document.state.getState()
  const shape = newShape(drawn, { id, frame, labelId: label.id, zOrder: topLayer(bench) })
  const { objectType, tracker } = bench.ui.getState().draw
  const isTrack = objectType === 'track'
  bench.document.apply(createStep('draw', [isTrack ? trackOf(shape) : shape], label.name))
  if (isTrack && tracker) startFollowing(bench, [id], tracker)
}

/** The layer new shapes go to: the nearest one on this frame. */
export function topLayer(
  bench: Bench,
  annotations = bench.document.state.getState().annotations,
): number {
  const { frame, marks } = bench.document.state.getState()
  let top = 0
  for (const annotation of annotations.values())
    top = Math.max(top, shapeOn(annotation, frame, marks)?.zOrder ?? 0)
  return top
}

/** Ghosts of the clipboard follow the pointer until a click drops them. */
export function startPaste(bench: Bench): void {
  const shapes = clipboardShapes(bench)
  if (shapes.length === 0) return
  const { labelsById } = bench.ui.getState()
  const { colorBy } = useSettings.getState()
  const ghosts = shapes.map((shape) => toCanvasShape(shape, plainView, colorBy, labelsById))
  bench.document.activate([])
  takeTool(bench, 'paste', { kind: 'paste', shapes: ghosts })
}

/** The clipboard as shapes of this frame, where the pointer put them. */
export function finishPaste(
  bench: Bench,
  placed: readonly DrawnShape[],
  as: 'shape' | 'track' = 'shape',
): void {
  const originals = clipboardShapes(bench)
  const ids = bench.document.takeIds(originals.length)
  if (!ids) return
  const { frame } = bench.document.state.getState()
  const copies = originals.map((original, at): Shape => {
    const { points, elements = original.elements } = placed[at] ?? original
    const form = { points: [...points], elements: [...elements] }
    return { ...original, ...form, id: ids[at] ?? original.id, frame, source: 'manual', group: 0 }
  })
  const pasted = as === 'track' ? copies.map(trackOf) : copies
  bench.document.apply(createStep('paste', pasted, commonLabel(bench, pasted)))
  bench.document.activate(copies.map((copy) => copy.id))
}

/**
 * Paste where the originals were, the usual wish on the next frame; inside the picture when that is a smaller one. As
 * shapes of this frame, or as tracks that begin here.
 */
export function pasteInPlace(bench: Bench, as: 'shape' | 'track' = 'shape'): void {
  const originals = clipboardShapes(bench)
  const { picture } = bench.document.state.getState()
  if (originals.length === 0 || picture?.kind !== 'ready') return
  const { bitmap } = picture
  finishPaste(
    bench,
    originals.map((shape) => ({ ...shape, ...fitInto(shape, bitmap) })),
    as,
  )
}

/** What was copied, here or in another task, as far as this task has labels of those names; the rest is told. */
function clipboardShapes(bench: Bench): Shape[] {
  const copied = lastCopied()
  if (!copied) return []
  const shapes = asOfTask(copied, bench.taskId, bench.ui.getState().labels)
  if (shapes.length === 0) bench.ui.setState({ hint: 'pasteNoLabels' })
  return shapes
}
