import { define } from './define.ts'

export const filterErrors = {
  FILTER_INVALID: define<{ column: number; problem: string }>({
    status: 400,
    retry: 'after-fix',
    message: ({ column, problem }) =>
      `The filter is not understood at column ${column}: ${problem}.`,
    remedy: () => 'Correct it there. docs/filter.md lists properties, operators and examples.',
  }),
}
