import type { CanvasShape, PickTool } from '../canvas-api.ts'
import { shapeBox } from '../geometry/shape-box.ts'
import { boxOf, type ImageBox, type ImagePoint } from '../geometry/space.ts'
import { pressing } from './pressing.ts'
import type { Mark, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** Outlining more than so many on every paint would be slow: then each is a dot. */
const MOST_OUTLINED = 200

/** Clicks toggle shapes, a drag adds all it encloses; N or the verb's own key says that this is it. */
export function picking(stage: Stage, tool: PickTool): ToolState {
  let over: CanvasShape | undefined
  /** After a change of frame the shapes are others than when this state began. */
  let isFresh = true
  const show = (): Next => {
    stage.setDraft({ kind: 'sketch', marks: marksOf(stage, tool, over) })
    return undefined
  }
  const tell = (done: boolean) => stage.emit('pick', { ids: tool.picks.ids, done })
  const click = (shape: CanvasShape | undefined): Next => {
    if (shape) {
      const problem = problemOf(tool, shape)
      if (problem) stage.emit('hint', { key: problem })
      else tool.picks.toggle(shape.id)
      tell(false)
    }
    return picking(stage, tool)
  }
  return {
    name: 'picking',
    cursor: 'pointer',
    enter: () => void show(),
    move({ image }) {
      const before = over
      over = stage.hits(image).find((shape) => problemOf(tool, shape) === null)
      // Thousands may be picked: they are gathered and painted anew only when something changes.
      if (over === before && !isFresh) return undefined
      isFresh = false
      return show()
    },
    press(input) {
      if (input.button !== 0) return undefined
      const hits = stage.hits(input.image)
      const shape = hits.find((one) => problemOf(tool, one) === null) ?? hits[0]
      return pressing(input, {
        cursor: 'pointer',
        click: () => click(shape),
        drag: (to) => pickingArea(stage, tool, input, to),
      })
    },
    finish() {
      tell(true)
      return undefined
    },
    leave: () => stage.setDraft(null),
  }
}

function pickingArea(
  stage: Stage,
  tool: PickTool,
  from: PointerInput,
  first: PointerInput,
): ToolState {
  const picked = marksOf(stage, tool, undefined)
  const show = (to: ImagePoint): Next => {
    const box = boxOf(from.image, to)
    stage.setDraft({ kind: 'sketch', marks: [...picked, areaMark(box, tool.color)] })
    return undefined
  }
  return {
    name: 'picking-area',
    cursor: 'crosshair',
    enter: () => void show(first.image),
    move: ({ image }) => show(image),
    release({ image }) {
      const box = boxOf(from.image, image)
      const inside = stage
        .within(box)
        .filter((shape) => contains(box, shapeBox(shape)) && problemOf(tool, shape) === null)
        .map(({ id }) => id)
      tool.picks.add(inside.sort((a, b) => a - b))
      stage.emit('pick', { ids: tool.picks.ids, done: false })
      return picking(stage, tool)
    },
    leave: () => stage.setDraft(null),
  }
}

/** Why a shape cannot be picked, as a key of the locale file `canvas`; null when it can. */
function problemOf(tool: PickTool, shape: CanvasShape): string | null {
  if (shape.locked) return 'pickLocked'
  return tool.accepts === null || tool.accepts.includes(shape.type) ? null : tool.otherwise
}

function marksOf(stage: Stage, { picks, color }: PickTool, over: CanvasShape | undefined): Mark[] {
  const shapes = picks.ids.flatMap((id) => stage.shape(id) ?? [])
  const isPicked = over !== undefined && picks.ids.includes(over.id)
  const hovered: Mark[] =
    over && !isPicked ? [{ kind: 'shape', shape: { ...over, color }, dashed: true }] : []
  if (shapes.length <= MOST_OUTLINED)
    return [
      ...shapes.map((shape): Mark => ({ kind: 'shape', shape: { ...shape, color } })),
      ...hovered,
    ]
  const points = shapes.flatMap((shape) => {
    const { x1, y1, x2, y2 } = shapeBox(shape)
    return [(x1 + x2) / 2, (y1 + y2) / 2]
  })
  return [{ kind: 'dots', points, color, solid: true }, ...hovered]
}

function areaMark({ x1, y1, x2, y2 }: ImageBox, color: string): Mark {
  return {
    kind: 'path',
    points: [x1, y1, x2, y1, x2, y2, x1, y2],
    closed: true,
    color,
    fill: 0.08,
    dashed: true,
    width: 1,
  }
}

const contains = (outer: ImageBox, inner: ImageBox): boolean =>
  inner.x1 >= outer.x1 && inner.x2 <= outer.x2 && inner.y1 >= outer.y1 && inner.y2 <= outer.y2
