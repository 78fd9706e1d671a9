import type { NetworkLog } from '#main/core/ports.ts'
import type { NetworkEntry } from '#shared/contract/connections.ts'
import { type Answer, createSockets, exchange, type Question } from './exchange.ts'
import { type FaultKind, faultOf, NetworkFault } from './network-fault.ts'

/** Who asks, for the log. */
export interface Asking {
  readonly connectionId: string
  /** For people: "detect with YOLO v7, frame 12". */
  readonly what: string
}

/** The one way out: whatever is sent is written down, answered or not. */
export interface Network {
  /** @throws NetworkFault */
  ask(asking: Asking, question: Question): Promise<Answer>
  close(): void
}

type Noted = Pick<NetworkEntry, 'sentBytes' | 'receivedBytes' | 'problem'>

/** Nobody was there to take what would have been sent. */
const NOT_SENT: ReadonlySet<FaultKind> = new Set(['refused', 'unknown-host', 'tls'])

export function createNetwork(log: NetworkLog): Network {
  const sockets = createSockets()
  return {
    async ask({ connectionId, what }, question) {
      // Nobody waits for it any more: it does not go out.
      if (question.signal?.aborted) throw new NetworkFault('cancelled', 'it was cancelled')
      const started = performance.now()
      const whole = question.body.reduce((sum, piece) => sum + piece.byteLength, 0)
      const note = (
        status: number | null,
        { sentBytes = whole, receivedBytes = 0, problem = '' }: Partial<Noted>,
      ) =>
        log.add({
          at: new Date().toISOString(),
          connectionId,
          method: question.method,
          url: question.url.href,
          what,
          sentBytes,
          receivedBytes,
          status,
          tookMs: Math.round((performance.now() - started) * 10) / 10,
          problem,
        })
      try {
        const answer = await exchange(sockets, question)
        note(answer.status, { receivedBytes: answer.bytes.byteLength })
        return answer
      } catch (error) {
        const fault = faultOf(error)
        const problem = fault.kind === 'cancelled' ? 'cancelled' : fault.detail
        note(null, { problem, ...(NOT_SENT.has(fault.kind) ? { sentBytes: 0 } : {}) })
        throw fault
      }
    },
    close: () => sockets.close(),
  }
}
