import type { Brush, MaskSession } from '#renderer/canvas/tools/mask-session.ts'
import type { Action } from '#renderer/state/actions.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { startDrawing } from '../bench/drawing.ts'
import { convertible, convertToMasks, startConverting } from '../masks/convert.ts'
import { continuePainting } from '../masks/finish-painting.ts'
import { paintedTarget, paintOn } from '../masks/paint-on.ts'

/** Painting masks, and masks from and to other shapes. */
export function maskActions(bench: Bench): Action[] {
  return [
    {
      id: 'modes.mask',
      group: 'modes',
      keys: [],
      scope: 'workspace',
      run: () => startDrawing(bench, { shape: 'mask' }),
    },
    ...whilePainting(bench),
    ...ofObjects(bench),
  ]
}

/** The keys mean this only while a mask is painted; Shift and a digit are CVAT's. */
function whilePainting(bench: Bench): Action[] {
  const make = (
    id: string,
    keys: readonly string[],
    run: (session: MaskSession) => void,
  ): Action => ({
    id: `masks.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    context: 'drawing-mask',
    canRun: () => bench.ui.getState().painting !== null,
    run: () => {
      const { painting } = bench.ui.getState()
      if (painting) run(painting.session)
    },
  })
  const take = (kind: Brush['kind'], keys: readonly string[]) =>
    make(kind, keys, (session) => session.setBrush({ kind }))
  return [
    take('brush', ['Shift+1', 'B']),
    take('eraser', ['Shift+2', 'E']),
    take('polygon-plus', ['Shift+3', 'P']),
    take('polygon-minus', ['Shift+4', 'Shift+P']),
    make('form', ['R'], (session) => {
      session.setBrush({ form: session.brush.form === 'round' ? 'square' : 'round' })
    }),
    make('larger', [']'], (session) => session.resizeBrush(1)),
    make('smaller', ['['], (session) => session.resizeBrush(-1)),
    make('hide', ['H'], (session) => {
      session.isHidden = !session.isHidden
    }),
    make('remove-underlying', ['U'], () => {
      const { removeUnderlyingPixels } = useSettings.getState()
      setSettings({ removeUnderlyingPixels: !removeUnderlyingPixels })
    }),
    make('undo', ['Ctrl+Z', 'Backspace'], (session) => session.undo()),
    make('redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], (session) => session.redo()),
    make('close-polygon', ['Enter'], (session) => {
      if (!session.closeOutline()) bench.canvas?.finishDrawing()
    }),
    make('done', [], () => bench.canvas?.finishDrawing()),
    make('continue', ['Ctrl+Enter', 'Shift+N'], () => continuePainting(bench)),
  ]
}

function ofObjects(bench: Bench): Action[] {
  const verb = (id: string, canRun: () => boolean, run: () => void): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys: [],
    scope: 'workspace',
    canRun,
    run,
  })
  return [
    verb(
      'paint-on',
      () => paintedTarget(bench) !== null,
      () => {
        const id = paintedTarget(bench)
        if (id !== null) paintOn(bench, id)
      },
    ),
    verb(
      'to-polygon',
      () => convertible(bench, 'polygon').length > 0,
      () => startConverting(bench),
    ),
    verb(
      'to-mask',
      () => convertible(bench, 'mask').length > 0,
      () => convertToMasks(bench),
    ),
  ]
}
