import { InvalidArgumentError } from 'commander'
import { AppError } from '#shared/errors/app-error.ts'

/** `--segment_size` means `--segment-size`: the older command line spelled its options with underscores. */
export function dashOptions(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((arg, at) => {
    if (!arg.startsWith('--') || (end !== -1 && at >= end)) return arg
    const [name = '', ...value] = arg.split('=')
    return [name.replaceAll('_', '-'), ...value].join('=')
  })
}

/** An option or argument that is a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`)
    }
    return value
  }
}

/** An option that is a share, 0 to 1. */
export function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1.')
  }
  return value
}

/** Whole numbers, for an argument that may be given many times. */
export function wholeNumbers(least: number): (text: string, earlier?: number[]) => number[] {
  const parse = wholeNumber(least)
  return (text, earlier = []) => [...earlier, parse(text)]
}

/** Texts, for an option that may be given many times. */
export function collected(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text]
}

/** `0 7 20-29` as numbers: whole ones and ranges with both ends in them, in the order given. */
export function numberRanges(text: string, earlier: number[] = []): number[] {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const from = Number(first)
  const to = Number(last)
  if (first === '' || !Number.isSafeInteger(to) || to < from || to - from >= MOST_OF_A_RANGE)
    throw new InvalidArgumentError('It must be a whole number, or a range such as 0-99.')
  return earlier.concat(Array.from({ length: to - from + 1 }, (_, at) => from + at))
}

/** Longer than any video. A slip of the hand must not fill the memory. */
const MOST_OF_A_RANGE = 10_000_000

/** Wrong usage that only shows once the options are seen together. */
export function wrongUsage(problem: string, command: string): AppError<'USAGE'> {
  return new AppError('USAGE', { problem, help: `fieldmark ${command} --help` })
}
