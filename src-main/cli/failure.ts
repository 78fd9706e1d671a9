import type { CommanderError } from 'commander'
import type { ErrorBody } from '#shared/domain/request.ts'
import { AppError, toErrorBody } from '#shared/errors/app-error.ts'

/** A failure that was already put into words elsewhere: by a stored request, or by the instance we attached to. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError'
  readonly body: ErrorBody

  constructor(body: ErrorBody) {
    super(body.message)
    this.body = body
  }
}

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const

const WRONG_USAGE = new Set<string>(['USAGE', 'FILTER_INVALID'])

/** Exit status for a thrown value. */
export function exitCodeOf(error: unknown, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted
  return error instanceof AppError && WRONG_USAGE.has(error.code) ? EXIT.usage : EXIT.failed
}

/** Any thrown value as code, sentence and remedy, whichever door it came through. */
export function failureBody(error: unknown): ErrorBody {
  if (error instanceof ReportedError) return error.body
  if (error instanceof AppError) return error.toBody()
  return fromRpc(error) ?? fromSystem(error) ?? toErrorBody(error)
}

/** The RPC door sends the catalogue's code, with the remedy in `data`; a refused input carries zod's issues. */
function fromRpc(error: unknown): ErrorBody | null {
  if (!(error instanceof Error) || !('code' in error) || !('data' in error)) return null
  const data = (error.data ?? {}) as { remedy?: unknown; issues?: unknown }
  if (typeof data.remedy === 'string') {
    return { code: String(error.code), message: error.message, remedy: data.remedy }
  }
  const issue = Array.isArray(data.issues) ? (data.issues[0] as Issue) : null
  if (!issue) return null
  const where = (issue.path ?? []).map(pathStep).join('.') || 'the input'
  return new AppError('INPUT_INVALID', { where, problem: clause(issue.message) }).toBody()
}

interface Issue {
  readonly message: string
  readonly path?: readonly (string | number | { key: string | number })[]
}

function pathStep(step: string | number | { key: string | number }): string {
  return String(typeof step === 'object' ? step.key : step)
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

function fromSystem(error: unknown): ErrorBody | null {
  const path = error instanceof Error && 'path' in error ? String(error.path) : ''
  if (!(error instanceof Error) || !('code' in error) || path === '') return null
  if (error.code === 'ENOSPC') return new AppError('DISK_FULL', { path }).toBody()
  if (error.code === 'ENOENT') return new AppError('MEDIA_NOT_FOUND', { path }).toBody()
  return null
}

/**
 * Commander's own complaints become USAGE; null for help and version, which are no complaint.
 * @param usage  the usage line of the command that was meant, e.g. `fieldmark task create [options] <name> <paths...>`
 */
export function usageError(
  error: CommanderError,
  { usage, help }: { usage: string; help: string },
): AppError<'USAGE'> | null {
  if (error.exitCode === 0) return null
  const sentence =
    error.code === 'commander.help'
      ? 'Say which command.'
      : error.message.replace(/^error: /, '').replace(/\s+/g, ' ')
  const capital = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
  const problem = `${/[.?)]$/.test(capital) ? capital : `${capital}.`} Usage: ${usage}`
  return new AppError('USAGE', { problem, help })
}
