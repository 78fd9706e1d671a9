import { homedir } from 'node:os'
import { ORPCError } from '@orpc/server'
import { AppError, type ErrorBody, RemoteError } from '#shared/errors/app-error.ts'
import { catalogue } from '#shared/errors/catalogue/index.ts'

/** A refusal as the door says it: an HTTP status and the body every door speaks. */
export interface Problem {
  readonly status: number
  readonly body: ErrorBody
}

/** Where the unexpected is told. Pino fits; tests pass a list. */
export interface ProblemLog {
  error(fields: Record<string, unknown>, message: string): void
}

/**
 * Any thrown value as status and body. What nobody foresaw becomes INTERNAL and is logged, without content or home paths.
 * @param where which door, for the log: a procedure's name or a route
 */
export function toProblem(error: unknown, where: string, log: ProblemLog): Problem {
  if (error instanceof AppError) return { status: error.status, body: error.toBody() }
  if (error instanceof RemoteError) {
    if (error.body.code === 'INTERNAL')
      log.error({ where, ...describeForLog(error) }, 'unexpected error')
    return fromThread(error.body)
  }
  const relayed = error instanceof ORPCError ? relayedProblem(error) : null
  if (relayed) return relayed
  const malformed = asMalformedRequest(error)
  if (malformed) return { status: malformed.status, body: malformed.toBody() }
  log.error({ where, ...describeForLog(error) }, 'unexpected error')
  const detail = error instanceof Error ? error.message : String(error)
  const internal = new AppError('INTERNAL', { detail }, { cause: error })
  return { status: internal.status, body: internal.toBody() }
}

/** The same problem on the RPC wire: clients read `data`. */
export function toRpcError(problem: Problem): ORPCError<string, ErrorBody> {
  const { status, body } = problem
  return new ORPCError(body.code, { status, message: body.message, data: body })
}

/** What a thread of this core refused, in the words it found there. */
function fromThread(body: ErrorBody): Problem {
  const entry = Object.hasOwn(catalogue, body.code)
    ? catalogue[body.code as keyof typeof catalogue]
    : catalogue.INTERNAL
  return { status: entry.status, body }
}

/** What an attached core refused has crossed a wire already: pass it on as it came. */
function relayedProblem(error: ORPCError<string, unknown>): Problem | null {
  const data = error.data as Partial<ErrorBody> | undefined
  if (typeof data?.code !== 'string' || typeof data.message !== 'string') return null
  return {
    status: error.status,
    body: { code: data.code, message: data.message, remedy: data.remedy ?? '' },
  }
}

/** A body that is no JSON, or not in a shape the decoder can read, is the sender's mistake. */
function asMalformedRequest(error: unknown): AppError | null {
  const isDecoding =
    error instanceof SyntaxError ||
    (error instanceof ORPCError && error.status < 500) ||
    (error instanceof TypeError && UNDECODED.test(error.message))
  if (!isDecoding) return null
  const problem = (error as Error).message.replace(/\.$/, '')
  return new AppError('INPUT_INVALID', { where: 'the request', problem }, { cause: error })
}

/** What Node says of multipart bodies, and oRPC of its own wire, when they make no sense. */
const UNDECODED = /^Failed to parse body as FormData|^Invalid RPC serialized data/

/** Codes and places, never the message: it may quote a file name or a label. */
function describeForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
  return {
    kind: error.name,
    code: (error as { code?: unknown }).code,
    stack: frames.join('\n').replaceAll(homedir(), '~'),
  }
}
