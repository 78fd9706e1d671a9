import { catalogue, type ErrorCode, type ErrorParams } from './catalogue/index.ts'
import { sayable } from './sayable.ts'

/** The shape every door speaks: REST, RPC and `--json` alike. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/** Where and how an entry may be tried again: not at all, as it is, or after the person has mended something. */
export type Retry = 'never' | 'as-is' | 'after-fix'

/**
 * An error with a code for machines, a sentence for people (what, and where: file, line, frame, field) and a remedy.
 * Thrown in the core, translated once at each door.
 * @example throw new AppError('IMAGE_UNREADABLE', { path }, { cause })
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError'
  readonly code: C
  readonly params: ErrorParams<C>
  readonly remedy: string
  readonly status: number
  readonly retry: Retry

  constructor(code: C, params: ErrorParams<C>, options?: { cause?: unknown }) {
    const entry = catalogue[code] as unknown as CatalogueEntry<ErrorParams<C>>
    const said = sayableParams(params)
    super(entry.message(said), options)
    this.code = code
    this.params = params
    this.remedy = entry.remedy(said)
    this.status = entry.status
    this.retry = entry.retry
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, remedy: this.remedy }
  }
}

/** Names and places come out of people's files, where they may be anything. */
function sayableParams<P extends object>(params: P): P {
  const said = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === 'string' ? sayable(value) : value,
  ])
  return Object.fromEntries(said) as P
}

export interface CatalogueEntry<P> {
  /** HTTP status at the web doors. */
  readonly status: number
  readonly retry: Retry
  readonly message: (params: P) => string
  readonly remedy: (params: P) => string
}

/** An error that crossed a thread or a process: its body arrives, its class does not. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly body: ErrorBody

  constructor(body: ErrorBody) {
    super(body.message)
    this.body = body
  }
}

/** Any thrown value as an error body; what is neither ours nor from afar becomes INTERNAL and keeps its message. */
export function toErrorBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody()
  if (error instanceof RemoteError) return error.body
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('INTERNAL', { detail }).toBody()
}
