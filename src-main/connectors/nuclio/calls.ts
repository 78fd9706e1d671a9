/** One call of a function: through the dashboard or at its port, again where that is worth it, with the function's own words. */
import { setTimeout } from 'node:timers/promises'
import type { FunctionCall } from '#main/core/ports.ts'
import type { Connection } from '#shared/contract/connections.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { inMegabytes } from '#shared/functions/nuclio/go-units.ts'
import type { Listed } from './dashboard.ts'
import { under } from './transport/addresses.ts'
import type { Answer } from './transport/exchange.ts'
import type { Network } from './transport/network.ts'
import { faultError, faultOf, type NetworkFault } from './transport/network-fault.ts'
import { wordsOf } from './transport/words.ts'
import { sizeOf } from './wire/body.ts'

/** Who is called. */
export interface Callee {
  readonly id: FunctionId
  readonly connection: Connection
  readonly listed: Listed
}

export interface Call extends FunctionCall {
  /** For the log: "detect with YOLO v7, frame 12". */
  readonly what: string
  readonly body: readonly Uint8Array[]
  readonly mostAnswerBytes: number
}

/** Waits before each try after "no free worker". */
export const BUSY_PAUSES_MS: readonly number[] = [1000, 2000, 4000]

export interface Calls {
  /**
   * @returns what a function answered with a status of success
   * @throws FUNCTION_*, CONNECTION_*, CANCELLED
   */
  make(callee: Callee, call: Call): Promise<Uint8Array>
}

export function createCalls(options: {
  readonly network: Network
  readonly headersFor: (connection: Connection, url: URL) => Promise<Record<string, string>>
  /** The same function as it is now: its port may have changed, or its state; null when it is gone. */
  readonly again: (callee: Callee) => Promise<Callee | null>
  readonly busyPausesMs?: readonly number[]
}): Calls {
  const { network, again, busyPausesMs = BUSY_PAUSES_MS } = options

  async function ask(callee: Callee, call: Call): Promise<Answer> {
    const { connection } = callee
    const url = addressOf(callee)
    const headers = { ...(await options.headersFor(connection, url)), ...headersOf(callee) }
    return await network.ask(
      { connectionId: connection.id, what: call.what },
      {
        url,
        method: 'POST',
        headers,
        body: call.body,
        timeoutMs: connection.timeoutSeconds * 1000,
        mostAnswerBytes: call.mostAnswerBytes,
        signal: call.signal,
      },
    )
  }

  /** A container that was started again has another port; the dashboard knows. */
  async function askAgainElsewhere(callee: Callee, call: Call): Promise<Answer> {
    try {
      return await ask(callee, call)
    } catch (error) {
      const fault = faultOf(error)
      if (fault.kind !== 'refused' || callee.connection.via !== 'dashboard') throw fault
      const now = await again(callee)
      const moved = now !== null && addressOf(now).href !== addressOf(callee).href
      if (!moved) throw fault
      return await ask(now, call)
    }
  }

  return {
    async make(callee, call) {
      refuseTooLarge(callee, call)
      let busy = 0
      let late = 0
      for (;;) {
        const answer = await askAgainElsewhere(callee, call).catch((error: unknown) => {
          throw said(faultOf(error), callee)
        })
        if (answer.status >= 200 && answer.status < 300) return answer.bytes
        const pause = answer.status === 503 ? busyPausesMs[busy] : undefined
        if (pause !== undefined) {
          busy += 1
          await rest(pause, callee, call.signal)
        } else if (answer.status === 408 && late === 0) late += 1
        else throw refusal(answer, callee, call, busy + 1)
      }
    },
  }
}

/** The dashboard passes calls on; a function listens at a port of the dashboard's machine, or is the connection itself. */
function addressOf({ connection, listed }: Callee): URL {
  const base = new URL(connection.url)
  if (connection.via === 'function') return base
  if (connection.invoke === 'dashboard') return under(base, '/api/function_invocations')
  const direct = new URL(`http://${base.hostname}/`)
  direct.port = String(listed.httpPort ?? '')
  return direct
}

/** The headers CVAT sends. The body is decoded by functions only if its type is said. */
function headersOf({ connection, listed }: Callee): Record<string, string> {
  const type = { 'content-type': 'application/json' }
  if (connection.via === 'function' || connection.invoke === 'direct') return type
  return {
    ...type,
    'x-nuclio-function-name': listed.function.name,
    ...(connection.namespace === '' ? {} : { 'x-nuclio-function-namespace': connection.namespace }),
    'x-nuclio-path': '/',
    'x-nuclio-invoke-timeout': `${connection.timeoutSeconds}s`,
    'x-nuclio-invoke-via': 'domain-name',
  }
}

function refuseTooLarge({ id, listed }: Callee, { body }: Call): void {
  const limit = listed.function.trigger.mostBodyBytes
  const needed = sizeOf(body)
  if (limit !== null && needed > limit)
    throw new AppError('FUNCTION_BODY_TOO_LARGE', {
      id,
      needed: inMegabytes(needed),
      limit: `at most ${inMegabytes(limit)}`,
    })
}

async function rest(ms: number, { id }: Callee, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {
    throw new AppError('CANCELLED', { what: id })
  })
}

function said(fault: NetworkFault, { id, connection, listed }: Callee): AppError {
  const seconds = connection.timeoutSeconds
  if (fault.kind === 'timed-out')
    return new AppError('FUNCTION_TIMED_OUT', { id, seconds }, { cause: fault })
  if (fault.kind === 'answer-too-large')
    return new AppError(
      'FUNCTION_ANSWER_INVALID',
      { id, where: '', problem: fault.detail },
      { cause: fault },
    )
  return faultError(fault, { what: id, url: addressOf({ id, connection, listed }), seconds })
}

function refusal(answer: Answer, { id, connection, listed }: Callee, call: Call, tries: number) {
  const { status, bytes, location } = answer
  if (status === 503) return new AppError('FUNCTION_BUSY', { id, times: tries })
  if (status === 408) {
    const seconds = listed.function.eventTimeoutSeconds ?? connection.timeoutSeconds
    return new AppError('FUNCTION_TIMED_OUT', { id, seconds })
  }
  if (status === 413) {
    const limit = listed.function.trigger.mostBodyBytes
    const needed = sizeOf(call.body)
    // Whoever is in between may take less than the function says.
    const said = limit === null || limit >= needed ? 'less' : `at most ${inMegabytes(limit)}`
    return new AppError('FUNCTION_BODY_TOO_LARGE', { id, needed: inMegabytes(needed), limit: said })
  }
  const detail =
    status >= 300 && status < 400
      ? `it points to ${location.slice(0, 200) || 'another address'}, which is not followed`
      : `${status}, ${wordsOf(bytes)}`
  return new AppError('FUNCTION_FAILED', { id, detail })
}
