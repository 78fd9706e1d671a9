import { boxOf, clampToImage, type ImageBox } from '../geometry/space.ts'
import { DRAG_DISTANCE } from './pressing.ts'
import type { Draft, Next, PointerInput, Stage, ToolState } from './tool-state.ts'

/** A tool that needs no more than a box. */
export interface SpanTool {
  readonly name: string
  /** Key of the hint for who would finish before there is a corner. */
  readonly needs: string
  draft(box: ImageBox): Draft
  /** Both corners are there, within the picture. */
  end(box: ImageBox, again: boolean): Next
}

/** A box by two opposite corners. Click and click, or press, drag and release. This state waits for the first. */
export function spanning(stage: Stage, tool: SpanTool): ToolState {
  return {
    name: tool.name,
    cursor: 'crosshair',
    crosshair: true,
    press: (input) => (input.button === 0 ? toSecondCorner(stage, tool, input) : undefined),
    finish() {
      stage.emit('hint', { key: tool.needs })
      return undefined
    },
  }
}

function toSecondCorner(stage: Stage, tool: SpanTool, start: PointerInput): ToolState {
  const from = clampToImage(start.image, stage.imageSize)
  const boxTo = ({ image }: PointerInput) => boxOf(from, clampToImage(image, stage.imageSize))
  let last = start
  let pressedAgain = false
  const show = (input: PointerInput): Next => {
    last = input
    stage.setDraft(tool.draft(boxTo(input)))
    return undefined
  }
  const end = (input: PointerInput): Next => tool.end(boxTo(input), input.ctrl)
  return {
    name: `${tool.name}-second-corner`,
    cursor: 'crosshair',
    crosshair: true,
    move: show,
    press(input) {
      if (input.button === 2) return 'rest'
      pressedAgain = pressedAgain || input.button === 0
      return show(input)
    },
    release(input) {
      if (input.button !== 0) return undefined
      const dragged = Math.hypot(input.screen.x - start.screen.x, input.screen.y - start.screen.y)
      return pressedAgain || dragged >= DRAG_DISTANCE ? end(input) : undefined
    },
    finish: () => end(last),
    leave: () => stage.setDraft(null),
  }
}
