import { RemoteError } from '#shared/errors/app-error.ts'
import type { FrameFunctions } from '../ports.ts'
import type { CallMethod, ToWorker } from '../worker-protocol.ts'

/** What work sees of functions: the part of `FrameFunctions` that makes sense where nobody waits. */
export type CalledFunctions = Pick<FrameFunctions, CallMethod>

/**
 * Functions as a worker thread has them: every question goes to the main process. The signal of a call stays here; a request
 * that is cancelled cancels its calls there.
 */
export function createCalledFunctions(
  send: (call: { ticket: number; method: CallMethod; args: readonly unknown[] }) => void,
): { functions: CalledFunctions; hear(message: ToWorker): void } {
  const waiting = new Map<
    number,
    { resolve: (result: never) => void; reject: (error: unknown) => void }
  >()
  let last = 0

  function ask<T>(method: CallMethod, ...args: readonly unknown[]): Promise<T> {
    const ticket = ++last
    return new Promise<T>((resolve, reject) => {
      waiting.set(ticket, { resolve, reject })
      send({ ticket, method, args })
    })
  }

  return {
    functions: {
      list: () => ask('list'),
      get: (id, kind) => ask('get', id, kind),
      detect: (frame, run) => ask('detect', frame, run),
      begin: (frame, id, shapes) => ask('begin', frame, id, shapes),
      update: (frame, id, tokens) => ask('update', frame, id, tokens),
      match: (frames, id, question) => ask('match', frames, id, question),
    },
    hear(message) {
      if (message.type !== 'answer' && message.type !== 'refusal') return
      const asked = waiting.get(message.ticket)
      waiting.delete(message.ticket)
      if (message.type === 'answer') asked?.resolve(message.result as never)
      else asked?.reject(new RemoteError(message.error))
    },
  }
}

/** The other end. `signal`: of the request the thread works on. */
export async function answerCall(
  functions: FrameFunctions,
  { ticket, method, args }: { ticket: number; method: CallMethod; args: readonly unknown[] },
  signal: AbortSignal,
): Promise<{ type: 'answer'; ticket: number; result: unknown }> {
  const takesCall = method !== 'list' && method !== 'get'
  const all = takesCall ? [...args, { signal, lane: 'batch' }] : args
  const verb = functions[method] as (...all: readonly unknown[]) => Promise<unknown>
  return { type: 'answer', ticket, result: await verb(...all) }
}
