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

/** The same for an argument that may be given many times. */
export function wholeNumbers(least: number): (text: string, earlier?: number[]) => number[] {
  const parse = wholeNumber(least)
  return (text, earlier = []) => [...earlier, parse(text)]
}

/** Wrong usage that only shows once the options are seen together. */
export function wrongUsage(problem: string, command: string): AppError<'USAGE'> {
  return new AppError('USAGE', { problem, help: `fieldmark ${command} --help` })
}
