import type { NetworkLog } from '#main/core/ports.ts'
import { type Answer, createSockets, exchange, type Question } from './exchange.ts'
import { faultOf } from './network-fault.ts'

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

export function createNetwork(log: NetworkLog): Network {
  const sockets = createSockets()
  return {
    async ask({ connectionId, what }, question) {
      const started = performance.now()
      const note = (status: number | null, receivedBytes: number, problem: string) =>
        log.add({
          at: new Date().toISOString(),
          connectionId,
          method: question.method,
          url: question.url.href,
          what,
          sentBytes: question.body.reduce((sum, piece) => sum + piece.byteLength, 0),
          receivedBytes,
          status,
          tookMs: Math.round((performance.now() - started) * 10) / 10,
          problem,
        })
      try {
        const answer = await exchange(sockets, question)
        note(answer.status, answer.bytes.byteLength, '')
        return answer
      } catch (error) {
        const fault = faultOf(error)
        note(null, 0, fault.kind === 'cancelled' ? 'cancelled' : fault.detail)
        throw fault
      }
    },
    close: () => sockets.close(),
  }
}
