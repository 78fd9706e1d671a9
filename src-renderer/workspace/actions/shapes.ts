import type { Action } from '#renderer/state/actions.ts'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import { type Bench, editableTargets } from '../bench/bench.ts'
import { startDrawing } from '../bench/drawing.ts'
import { isTurnable, rotateTargets } from '../bench/editing.ts'
import { redrawTarget, startRedrawing } from '../bench/redrawing.ts'
import {
  canStartAt,
  deleteVertex,
  directed,
  isTrackDirected,
  setStart,
  setStartEverywhere,
  switchOrientation,
  switchOrientationEverywhere,
  vertexTarget,
} from '../bench/vertices.ts'

/** Drawing and editing outlines: rectangle, polygon, polyline, points, ellipse. */
export function shapeActions(bench: Bench): Action[] {
  return [...drawing(bench), ...vertices(bench), ...turning(bench), ...switches()]
}

function drawing(bench: Bench): Action[] {
  const mode = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `modes.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    run,
  })
  return [
    mode('polyline', [], () => startDrawing(bench, { shape: 'polyline' })),
    mode('points', [], () => startDrawing(bench, { shape: 'points' })),
    mode('ellipse', [], () => startDrawing(bench, { shape: 'ellipse' })),
    {
      ...mode('redraw', ['Shift+N'], () => startRedrawing(bench)),
      canRun: () => redrawTarget(bench) !== null,
    },
    { ...mode('finish', ['Enter'], () => bench.canvas?.finishDrawing()), context: 'drawing' },
    {
      ...mode('take-back', ['Ctrl+Z', 'Backspace'], () => {
        // Nothing drawn yet: then the key means the step before.
        if (!bench.canvas?.takeBack()) bench.document.travel('undo')
      }),
      context: 'drawing',
    },
  ]
}

function vertices(bench: Bench): Action[] {
  const verb = (id: string, canRun: () => boolean, run: () => void): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys: [],
    scope: 'workspace',
    canRun,
    run,
  })
  const canStart = () => {
    const target = vertexTarget(bench)
    return target !== null && canStartAt(target)
  }
  return [
    verb(
      'delete-point',
      () => vertexTarget(bench) !== null,
      () => deleteVertex(bench),
    ),
    verb('set-start', canStart, () => setStart(bench)),
    verb(
      'switch-orientation',
      () => directed(bench).length > 0,
      () => switchOrientation(bench),
    ),
    verb(
      'set-start-everywhere',
      () => canStart() && isTrackDirected(bench),
      () => setStartEverywhere(bench),
    ),
    verb(
      'switch-orientation-everywhere',
      () => isTrackDirected(bench),
      () => switchOrientationEverywhere(bench),
    ),
  ]
}

/** Beside the arrows that move: Alt with the keys that look like arrows round. */
function turning(bench: Bench): Action[] {
  const turn = (id: string, keys: readonly string[], degrees: number): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys,
    scope: 'workspace',
    canRun: () => editableTargets(bench).some(isTurnable),
    run: () => rotateTargets(bench, degrees),
  })
  return [
    turn('turn-right', ['Alt+.'], 1),
    turn('turn-left', ['Alt+,'], -1),
    turn('turn-far-right', ['Shift+Alt+.'], 15),
    turn('turn-far-left', ['Shift+Alt+,'], -15),
  ]
}

function switches(): Action[] {
  const toggle = (
    id: string,
    field: keyof Settings & ('automaticBordering' | 'intelligentCropping' | 'sharedBorders'),
  ): Action => ({
    id: `modes.${id}`,
    group: 'modes',
    keys: [],
    scope: 'workspace',
    run: () => setSettings({ [field]: !useSettings.getState()[field] }),
  })
  return [
    toggle('automatic-bordering', 'automaticBordering'),
    toggle('intelligent-cropping', 'intelligentCropping'),
    toggle('shared-borders', 'sharedBorders'),
  ]
}
