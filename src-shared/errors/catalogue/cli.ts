import { define } from './define.ts'

export const cliErrors = {
  USAGE: define<{ problem: string; help: string }>({
    status: 400,
    retry: 'after-fix',
    message: ({ problem }) => problem,
    remedy: ({ help }) => `\`${help}\` shows how it is called.`,
  }),
  IMPORT_PARTLY: define<{ file: string; unmatched: number }>({
    status: 200,
    retry: 'after-fix',
    message: ({ file, unmatched }) =>
      `${file} was imported in part: ${unmatched} of its items have no frame in this task.`,
    remedy: () =>
      'The items are named above. Add their pictures to a task, or rename them so that their paths agree.',
  }),
  CORE_UNREACHABLE: define<{ url: string; detail: string }>({
    status: 503,
    retry: 'as-is',
    message: ({ url, detail }) =>
      `The Fieldmark that holds the data directory does not answer at ${url} (${detail}).`,
    remedy: () => 'Close that Fieldmark, or wait until it has started, then try again.',
  }),
}
