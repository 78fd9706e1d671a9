import { define } from './define.ts'

/** Of functions of every provider; what only Nuclio can meet is in `connections`. */
export const functionErrors = {
  FUNCTION_WRONG_KIND: define<{ id: string; kind: string; wanted: string }>({
    status: 400,
    retry: 'after-fix',
    message: ({ id, kind, wanted }) => `${id} is a ${kind}, and a ${wanted} was asked for.`,
    remedy: ({ wanted }) => `Choose a ${wanted}: \`fieldmark function ls\` shows the kinds.`,
  }),
  FUNCTION_UNAVAILABLE: define<{ id: string; detail: string }>({
    status: 503,
    retry: 'as-is',
    message: ({ id, detail }) => `${id} cannot be called: ${detail}.`,
    remedy: () => 'The Models page says what it needs. Annotations are unchanged.',
  }),
  FUNCTION_FAILED: define<{ id: string; detail: string }>({
    status: 502,
    retry: 'as-is',
    message: ({ id, detail }) => `${id} failed: ${detail}.`,
    remedy: () => 'Annotations are unchanged. Try again; if it stays so, choose another function.',
  }),
  FUNCTION_TIMED_OUT: define<{ id: string; seconds: number }>({
    status: 504,
    retry: 'as-is',
    message: ({ id, seconds }) => `${id} gave no answer within ${seconds} seconds.`,
    remedy: () =>
      'Annotations are unchanged. Try again, use a smaller picture, or a function that is quicker.',
  }),
  FUNCTION_ANSWER_INVALID: define<{ id: string; where: string; problem: string }>({
    status: 502,
    retry: 'as-is',
    message: ({ id, where, problem }) =>
      `${id} answered what nobody can read${where === '' ? '' : ` (${where})`}: ${problem}.`,
    remedy: () => 'Annotations are unchanged. Tell whoever made the function.',
  }),
  FUNCTION_PARTLY: define<{ id: string; frames: number }>({
    status: 502,
    retry: 'after-fix',
    message: ({ id, frames }) =>
      `${id} could not look at ${frames === 1 ? 'one frame' : `${frames} frames`}; all others are done.`,
    remedy: () => 'Mend what is said of each frame, and run it once more on these alone.',
  }),
  MAPPING_INVALID: define<{ problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ problem }) => `The label mapping does not fit: ${problem}.`,
    remedy: () =>
      'Choose for each label of the model one of the task, of a type that goes with it.',
  }),
  MODEL_UNREADABLE: define<{ path: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, problem }) => `${path} is no model that can be used: ${problem}.`,
    remedy: () => 'Export it to ONNX again, or download it again, and add that file.',
  }),
  MODEL_MANIFEST_INVALID: define<{ path: string; where: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, where, problem }) => `${path}: ${where} ${problem}.`,
    remedy: () => 'Correct the manifest (docs/models.md describes every field) and add it again.',
  }),
  MODEL_MISFIT: define<{ id: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ id, problem }) =>
      `The files of the model ${id} do not do what its manifest says: ${problem}.`,
    remedy: () => 'Choose another family for it, or correct its manifest.',
  }),
  MODEL_FAILED: define<{ id: string; detail: string }>({
    status: 500,
    retry: 'as-is',
    message: ({ id, detail }) => `The model ${id} could not run: ${detail}.`,
    remedy: () =>
      'Annotations are unchanged. Try another device on the Models page, or another model.',
  }),
  MODEL_OUTPUT_INVALID: define<{ id: string; problem: string }>({
    status: 500,
    retry: 'after-fix',
    message: ({ id, problem }) => `The model ${id} gave an output that means nothing: ${problem}.`,
    remedy: () =>
      'Annotations are unchanged. Check that its family is the right one, or export it again.',
  }),
  MODEL_EXISTS: define<{ id: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ id }) => `A model called ${id} is installed already.`,
    remedy: () =>
      'Replace it (`--overwrite`), remove it first, or install the new one under another id.',
  }),
  MODEL_TOO_LARGE: define<{ path: string; needed: string; limit: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, needed, limit }) =>
      `${path} needs ${needed}, and models may take ${limit} here.`,
    remedy: () => 'Use a smaller (or quantised) model, or raise the limit on the Models page.',
  }),
} as const
