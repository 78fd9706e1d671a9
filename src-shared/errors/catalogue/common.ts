import { define } from './define.ts'

/** What the command line can list. */
const LISTED = new Set(['task', 'project'])

export const commonErrors = {
  INTERNAL: define<{ detail: string }>({
    status: 500,
    retry: 'as-is',
    message: ({ detail }) => `Something went wrong inside Fieldmark: ${detail}`,
    remedy: () =>
      'Try once more. If it happens again, run `fieldmark doctor` and send its output with this message.',
  }),
  NOT_FOUND: define<{ what: string; id: string | number }>({
    status: 404,
    retry: 'never',
    message: ({ what, id }) => `There is no ${what} ${id}.`,
    remedy: ({ what }) =>
      LISTED.has(what)
        ? `List what is there (\`fieldmark ${what} ls\`, or the start page) and pick one of those.`
        : 'Check the number or the address: what it named may have been deleted.',
  }),
  INPUT_INVALID: define<{ where: string; problem: string }>({
    status: 400,
    retry: 'after-fix',
    message: ({ where, problem }) => `${where}: ${problem}.`,
    remedy: ({ where }) => `Correct ${where} and try again.`,
  }),
  CANCELLED: define<{ what: string }>({
    status: 409,
    retry: 'as-is',
    message: ({ what }) => `${what} was cancelled.`,
    remedy: () => 'Nothing was changed. Start it again when you like.',
  }),
}
