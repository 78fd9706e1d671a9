import { ORPCError } from '@orpc/client'
import { AppError, type ErrorBody } from '#shared/errors/app-error.ts'

/** A plain HTTP door (uploads) refused; it carries the body the door sent. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly problem: ErrorBody

  constructor(problem: ErrorBody) {
    super(problem.message)
    this.problem = problem
  }
}

/** A refusal of the core as people read it; anything else becomes INTERNAL with its own message. */
export function problemOf(error: unknown): ErrorBody {
  if (error instanceof ORPCError) {
    const told = bodyOf(error.data)
    return {
      code: textField(told, 'code') ?? error.code,
      message: textField(told, 'message') ?? error.message,
      remedy: textField(told, 'remedy') ?? '',
    }
  }
  if (error instanceof AppError) return error.toBody()
  if (error instanceof RefusedError) return error.problem
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('INTERNAL', { detail }).toBody()
}

/** Procedures refuse with the body itself; the door before them (no valid token) with a page's `{error: body}`. */
function bodyOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('body' in data)) return data
  const { body } = data
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : body
}

/**
 * True when the core never judged the call: the network failed, something between answered in its stead, or the door
 * turned it away because the core was started anew and has another token (403). Such a call is worth sending again as
 * it is; a judged one is not.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof ORPCError) return [403, 502, 503, 504].includes(error.status)
  return !(error instanceof AppError)
}

/** The body of a failed `/frames` answer: `{error: {code, message, remedy}}`. */
export function problemOfBody(body: unknown, fallback: string): ErrorBody {
  const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  return {
    code: textField(inner, 'code') ?? 'INTERNAL',
    message: textField(inner, 'message') ?? fallback,
    remedy: textField(inner, 'remedy') ?? '',
  }
}

function textField(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const found = (value as Record<string, unknown>)[key]
  return typeof found === 'string' ? found : null
}
