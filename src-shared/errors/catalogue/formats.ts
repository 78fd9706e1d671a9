import { define } from './define.ts'

export const formatErrors = {
  FORMAT_UNKNOWN: define<{ name: string; known: string }>({
    status: 400,
    retry: 'after-fix',
    message: ({ name }) => `There is no dataset format called "${name}".`,
    remedy: ({ known }) => `Use one of: ${known}. \`fieldmark formats\` lists them.`,
  }),
  DATASET_INVALID: define<{ file: string; where: string; problem: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file, where, problem }) =>
      `${file} was refused, nothing was imported: ${where}: ${problem}.`,
    remedy: ({ file }) =>
      `Mend ${file} at that place, or export it again from the tool that wrote it.`,
  }),
  DATASET_NOT_THIS_FORMAT: define<{ file: string; format: string; expected: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file, format, expected }) => `${file} does not look like ${format}: ${expected}.`,
    remedy: () => 'Choose the format the file was exported in, or export it again.',
  }),
  DATASET_MATCHES_NOTHING: define<{ file: string; what: string; example: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file, what, example }) =>
      `${file} was refused, nothing was imported: none of its ${what} exist in this task (for example "${example}").`,
    remedy: () =>
      'Import it into the task that holds these images and labels, or add the missing labels first.',
  }),
  DATASET_FORMAT_UNCLEAR: define<{ file: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ file }) => `What format ${file} is in cannot be told from its content.`,
    remedy: () => 'Say which format it is in. `fieldmark formats` lists those that can be read.',
  }),
  EXPORT_WOULD_LOSE: define<{ format: string; losses: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ format, losses }) => `${format} cannot hold all of this: ${losses}.`,
    remedy: () =>
      'Choose another format, or allow losses (leave `--strict` out). Nothing was written.',
  }),
  EXPORT_EXISTS: define<{ path: string }>({
    status: 409,
    retry: 'after-fix',
    message: ({ path }) => `There is a file at ${path} already.`,
    remedy: () => 'Choose another name, or say that it may be replaced. Nothing was written.',
  }),
  EXPORT_NOT_WRITABLE: define<{ path: string; detail: string }>({
    status: 422,
    retry: 'after-fix',
    message: ({ path, detail }) => `${path} could not be written (${detail}).`,
    remedy: () => 'Choose a folder that exists and that you may write to.',
  }),
}
