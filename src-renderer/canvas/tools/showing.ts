import type { Mark, Stage, ToolState } from './tool-state.ts'

/** A preview: it is looked at, not worked with; N or Enter takes it. The middle button still moves the picture. */
export function showing(stage: Stage, marks: readonly Mark[]): ToolState {
  return {
    name: 'showing',
    cursor: 'default',
    finish: () => 'end',
    enter: () => stage.setDraft({ kind: 'sketch', marks }),
    leave: () => stage.setDraft(null),
  }
}
