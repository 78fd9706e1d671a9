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
    const data: unknown = error.data
    return {
      code: textField(data, 'code') ?? error.code,
      message: textField(data, 'message') ?? error.message,
      remedy: textField(data, 'remedy') ?? '',
    }
  }
  if (error instanceof AppError) return error.toBody()
  if (error instanceof RefusedError) return error.problem
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('INTERNAL', { detail }).toBody()
}

/**
 * True when the core never judged the call: the network failed, or something between answered in its stead. Such a call
 * is worth sending again as it is; a judged one is not.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof ORPCError) return [502, 503, 504].includes(error.status)
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
