import { define } from './define.ts'

export const sidecarErrors = {
  SIDECAR_OFF: define<{ task: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ task }) => `"${task}" keeps no files beside its pictures.`,
    remedy: () =>
      'Choose a format for them first: `fieldmark task sidecar <id> --format labelme`, x-anylabeling or yolo.',
  }),
  SIDECAR_NO_PLACE: define<{ task: string; reason: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ task, reason }) =>
      `The annotations of "${task}" cannot be kept beside its pictures: ${reason}.`,
    remedy: () =>
      'Unpack the pictures into a folder and make a task of that. Any task can be exported instead.',
  }),
  SIDECAR_READ_ONLY: define<{ path: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path }) => `${path} cannot be written to, so nothing can be kept there.`,
    remedy: () =>
      'Allow writing to that folder, or copy the pictures to where you may write and use Relink.',
  }),
}
