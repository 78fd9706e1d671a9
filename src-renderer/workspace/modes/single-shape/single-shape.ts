import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { ShapeType } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Bench } from '../../bench/bench.ts'
import { drawLabel, selectTool, startDrawing } from '../../bench/drawing.ts'
import { step } from '../../bench/player.ts'
import { nextEmptyFrame } from '../../filter/filter-verbs.ts'

/** Labels that have a shape to draw. */
export function shapeLabels(labels: readonly Label[]): Label[] {
  return labels.filter((label) => label.type !== 'tag')
}

/** What the label asks to draw; a label of any type leaves it to the person. */
export function shapeOfLabel(label: Label, wished: ShapeType): ShapeType {
  if (label.type === 'any' || label.type === 'tag')
    return wished === 'skeleton' ? 'rectangle' : wished
  return label.type
}

export const hasPointCount = (shape: ShapeType): boolean =>
  shape === 'polygon' || shape === 'polyline' || shape === 'points'

/** Take up the drawing tool for the label in force: entering the workspace, a new frame, Escape. */
export function drawNow(bench: Bench): void {
  const { draw, labels } = bench.ui.getState()
  const label = drawLabel(bench) ?? shapeLabels(labels)[0]
  if (!label) return
  startDrawing(bench, {
    shape: shapeOfLabel(label, draw.shape),
    labelId: label.id,
    objectType: 'shape',
    again: false,
  })
}

export function chooseLabel(bench: Bench, labelId: LabelId): void {
  const label = bench.ui.getState().labelsById.get(labelId)
  if (!label) return
  const shape = shapeOfLabel(label, bench.ui.getState().draw.shape)
  bench.ui.setState({ draw: { ...bench.ui.getState().draw, labelId, shape } })
  drawNow(bench)
}

/** The shape of this frame is drawn: on to the next one, or, on the last, say so. */
export function afterDrawn(bench: Bench): void {
  if (useSettings.getState().singleShape.autoNext) void skip(bench)
}

/** Escape drops what was begun; the tool stays in hand, since drawing is all there is to do here. */
export function afterCancelled(bench: Bench): void {
  if (bench.ui.getState().mode === 'single-shape') drawNow(bench)
}

/** Skip: nothing to annotate here. With "only empty frames", frames that have something are passed over. */
export async function skip(bench: Bench): Promise<void> {
  const { onlyEmpty, autoSave } = useSettings.getState().singleShape
  if (autoSave) void bench.document.outbox.flush()
  if (!onlyEmpty) {
    const isLast = bench.document.state.getState().wanted >= bench.document.range.stop
    if (isLast) finished(bench)
    else step(bench, 1)
    return
  }
  const frame = await nextEmptyFrame(bench, 'forward')
  if (frame === null) finished(bench)
  else await bench.document.goTo(frame)
}

function finished(bench: Bench): void {
  selectTool(bench, 'select')
  bench.ui.setState({ hint: 'singleShapeDone' })
}

export function setSingleShape(change: Partial<ReturnType<typeof current>>): void {
  setSettings({ singleShape: { ...current(), ...change } })
}

const current = () => useSettings.getState().singleShape
