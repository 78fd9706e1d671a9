import { type Command, InvalidArgumentError } from 'commander'
import type { ParameterValues } from '#shared/domain/function.ts'
import { wholeNumber } from './options.ts'

/** Frames of a task, both ends included. */
export interface FrameSpan {
  readonly start: number
  readonly stop: number
}

/** Which part of a task, for everything that goes over many frames. */
export interface PartOptions {
  readonly job?: number
  readonly frames?: FrameSpan
}

export function withPart(command: Command): Command {
  return command
    .option('--job <id>', 'only this job of the task', wholeNumber(1))
    .option('--frames <a-b>', 'only these frames, counted from 0; both are included', frameSpan)
}

export function partOf({ job, frames }: PartOptions) {
  return { jobId: (job ?? null) as never, frames: frames ?? null }
}

function frameSpan(text: string): FrameSpan {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  const [start, stop] = [Number(first), Number(last)]
  if (first === '' || !Number.isSafeInteger(stop) || stop < start)
    throw new InvalidArgumentError('It must be a frame, or two with - between them, such as 0-99.')
  return { start, stop }
}

/** `--param steps=4 --param fast=true` */
export function parameter(text: string, earlier: ParameterValues = {}): ParameterValues {
  const at = text.indexOf('=')
  if (at <= 0) throw new InvalidArgumentError('It must be a name and a value, such as top=5.')
  return { ...earlier, [text.slice(0, at)]: typedValue(text.slice(at + 1)) }
}

function typedValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) ? value : text
}
