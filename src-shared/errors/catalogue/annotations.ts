import { define } from './define.ts'

export const annotationErrors = {
  REVISION_CONFLICT: define<{ taskId: number; annotation: number }>({
    status: 409,
    retry: 'as-is',
    message: ({ taskId, annotation }) =>
      `Annotation ${annotation} of task ${taskId} was changed elsewhere in the meantime.`,
    remedy: () => 'The latest state has been loaded; make the change again on top of it.',
  }),
  ANNOTATION_INVALID: define<{ annotation: number; frame: number; problem: string }>({
    status: 422,
    retry: 'never',
    message: ({ annotation, frame, problem }) =>
      `Annotation ${annotation} on frame ${frame} was refused: ${problem}.`,
    remedy: () => 'Undo the last step and draw it again.',
  }),
  FRAME_CHANGED: define<{ taskId: number; frame: number }>({
    status: 409,
    retry: 'as-is',
    message: ({ taskId, frame }) =>
      `Frame ${frame} of task ${taskId} was deleted, restored or checked elsewhere in the meantime.`,
    remedy: () => 'The latest state has been loaded; make the change again on top of it.',
  }),
  BULK_OVERTAKEN: define<{ taskId: number }>({
    status: 409,
    retry: 'as-is',
    message: ({ taskId }) =>
      `Annotations of task ${taskId} were changed while the action ran, so it changed none.`,
    remedy: () => 'Run the action again.',
  }),
  NOTHING_TO_UNDO: define<{ verb: 'undo' | 'redo' }>({
    status: 409,
    retry: 'never',
    message: ({ verb }) => `There is nothing to ${verb}.`,
    remedy: () => 'The history panel lists every step.',
  }),
}
