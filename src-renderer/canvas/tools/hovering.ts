import type { AnnotationId } from '#shared/domain/ids.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { type Handle, handleAt, onStem } from '../geometry/handles.ts'
import type { ImagePoint } from '../geometry/space.ts'
import { areaSelecting } from './area-selecting.ts'
import { clickedShape, shapeUnder } from './cycling.ts'
import type { Hint } from './grabs/grab.ts'
import { grabs } from './grabs/registry.ts'
import { handleCursor } from './handle-cursor.ts'
import { movingShapes } from './moving-shapes.ts'
import { panning } from './panning.ts'
import { DRAG_DISTANCE, pressing } from './pressing.ts'
import type { Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** The resting state of the select tool: shows what a press would take hold of. */
export function hovering(stage: Stage): ToolState {
  let hinting = false
  const hint = (found: Hint | null) => {
    if (found || hinting) stage.setDraft(found && { kind: 'sketch', marks: found.marks })
    hinting = found !== null
  }
  return {
    name: 'hovering',
    cursor: 'default',
    move(input) {
      const active = activeShape(stage)
      const handle = handleAt(active, input.image, stage.pixel)
      // The active shape stays the hovered one while its handles are touched, even where they stick out of it, and
      // while Ctrl holds it fast, as in CVAT.
      const stays = active && (handle || input.ctrl || onStem(active, input.image, stage.pixel))
      const over = stays ? active.id : shapeUnder(stage, input.image)?.id
      stage.setHovered(over ?? null, jointOf(handle))
      const found =
        active && over === active.id
          ? (grabs[active.type]?.hover?.(stage, active, handle, input) ?? null)
          : null
      hint(found)
      stage.setCursor(found?.cursor ?? cursorOver(stage, handle, over))
      return undefined
    },
    press(input) {
      if (input.button !== 0) return undefined
      return pressHandle(stage, input) ?? pressShape(stage, input) ?? pressBackground(stage, input)
    },
    leave: () => hint(null),
  }
}

/** Which joint of a skeleton a handle is. */
export function jointOf(handle: Handle | null): number | null {
  return handle?.kind === 'own' && handle.part === 'joint' ? handle.index : null
}

/** The one shape that has handles; none while several are active. */
export function activeShape(stage: Stage): CanvasShape | undefined {
  const [id, ...more] = stage.active
  return id === undefined || more.length > 0 ? undefined : stage.shape(id)
}

function pressHandle(stage: Stage, input: PointerInput): Next {
  const shape = activeShape(stage)
  if (!shape) return undefined
  const handle = handleAt(shape, input.image, stage.pixel)
  const grab = grabs[shape.type]
  if (!handle) return grab?.elsewhere?.(stage, shape, input)
  return selectingIfClicked(stage, shape, input, grab?.handle(stage, shape, handle, input))
}

/** Hovering gives a shape handles, and those of a small one cover it: a mere click on them has to mean the shape. */
function selectingIfClicked(
  stage: Stage,
  { id }: CanvasShape,
  start: PointerInput,
  next: Next,
): Next {
  if (typeof next !== 'object' || start.shift || start.ctrl || start.alt) return next
  return {
    ...next,
    release(input) {
      const after = next.release?.(input)
      const { x, y } = start.screen
      const isClick = Math.hypot(input.screen.x - x, input.screen.y - y) < DRAG_DISTANCE
      if (isClick) stage.emit('select', { ids: [id], additive: false })
      return after
    },
  }
}

function pressShape(stage: Stage, input: PointerInput): Next {
  const shape = shapeToPress(stage, input.image)
  if (!shape) return undefined
  const additive = input.shift || input.ctrl
  return pressing(input, {
    cursor: 'pointer',
    click: () => take(stage, input, shape, additive),
    drag: () => {
      if (input.shift) return areaSelecting(stage, input.image)
      return movingShapes(stage, draggedWith(stage, shape), input) ?? panning(stage, input.screen)
    },
  })
}

function take(stage: Stage, input: PointerInput, shape: CanvasShape, additive: boolean): Next {
  if (additive) return select(stage, [shape.id], true)
  const { id } = clickedShape(stage, input, shape)
  // The pointer rests: nothing else would say that it means another shape now.
  stage.setHovered(id, null)
  return select(stage, [id], false)
}

/** An active shape keeps the press even where a smaller one lies over it, or it could not be dragged there. */
function shapeToPress(stage: Stage, point: ImagePoint): CanvasShape | undefined {
  const hits = stage.hits(point)
  return hits.find((shape) => stage.active.length === 1 && stage.active[0] === shape.id) ?? hits[0]
}

function draggedWith(stage: Stage, shape: CanvasShape): readonly AnnotationId[] {
  return stage.active.includes(shape.id) ? stage.active : [shape.id]
}

function pressBackground(stage: Stage, input: PointerInput): Next {
  if (input.clicks === 2) {
    stage.fit()
    return undefined
  }
  const additive = input.shift || input.ctrl
  return pressing(input, {
    click: () => (additive ? 'rest' : select(stage, [], false)),
    drag: () => (input.shift ? areaSelecting(stage, input.image) : panning(stage, input.screen)),
  })
}

function select(stage: Stage, ids: readonly AnnotationId[], additive: boolean): Next {
  stage.emit('select', { ids, additive })
  return 'rest'
}

function cursorOver(stage: Stage, handle: Handle | null, over: AnnotationId | undefined): string {
  const turned = (activeShape(stage)?.rotation ?? 0) + stage.viewAngle
  if (handle) return handleCursor(handle, turned)
  return over === undefined ? 'default' : 'pointer'
}
