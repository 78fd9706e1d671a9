import { define } from './define.ts'

export const labelErrors = {
  LABELS_INVALID: define<{ where: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ where, problem }) => `The labels were refused: ${where}: ${problem}.`,
    remedy: () =>
      'Correct it and try again. docs/labels.md shows the JSON with an example of each kind.',
  }),
  SKELETON_SVG_INVALID: define<{ problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ problem }) => `The skeleton's SVG was refused: ${problem}.`,
    remedy: () =>
      'Draw the skeleton in the label constructor, or use an SVG that was downloaded there or from CVAT.',
  }),
  LABEL_IN_USE: define<{ name: string; count: number }>({
    status: 409,
    retry: 'never',
    message: ({ name, count }) => `The label "${name}" is used by ${count} annotations.`,
    remedy: () =>
      'Change or delete these annotations first, or rename the label instead of removing it.',
  }),
}
