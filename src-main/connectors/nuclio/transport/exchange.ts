/**
 * One question and its answer over HTTP, by Node's own sockets: no proxy of the environment, no redirect followed, nothing
 * compressed, so that what leaves this machine goes where the person said and nowhere else.
 */
import {
  type Agent,
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { inMegabytes } from '#shared/functions/nuclio/go-units.ts'
import { faultOf, NetworkFault } from './network-fault.ts'

export interface Question {
  /** http or https. Name and password in it are not used. */
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** Written one after the other. */
  readonly body: readonly Uint8Array[]
  /** For all of it, from the first byte to the last. */
  readonly timeoutMs: number
  readonly mostAnswerBytes: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  /** Lower case, without parameters. */
  readonly contentType: string
  /** Where a redirect points; '' for none. */
  readonly location: string
  readonly bytes: Buffer
}

export interface Sockets {
  agentFor(url: URL): Agent
  close(): void
}

/** Connections are kept for a while and used again. */
export function createSockets(): Sockets {
  const plain = new HttpAgent({ keepAlive: true })
  const safe = new HttpsAgent({ keepAlive: true })
  return {
    agentFor: (url) => (url.protocol === 'https:' ? safe : plain),
    close() {
      plain.destroy()
      safe.destroy()
    },
  }
}

/**
 * @returns whatever the other side says, errors of its own included
 * @throws NetworkFault when it says nothing that is HTTP, too much, or too late; `cancelled` by the signal
 */
export async function exchange(sockets: Sockets, question: Question): Promise<Answer> {
  try {
    return await once(sockets, question)
  } catch (error) {
    // A kept connection may have been closed at the very moment it is used again: that says nothing of the other side.
    if (error instanceof StaleSocket) return await once(sockets, question)
    throw error
  }
}

class StaleSocket extends NetworkFault {}

function once(sockets: Sockets, question: Question): Promise<Answer> {
  const { url, signal, timeoutMs } = question
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled())
    const request = open(sockets, question)
    const stop = (fault: NetworkFault) => request.destroy(fault)
    const onAbort = () => stop(cancelled())
    const timer = setTimeout(
      () => stop(new NetworkFault('timed-out', `no answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    let answering = false
    request.on('response', (response) => {
      answering = true
      read(response, question).then(
        (answer) => settle(() => resolve(answer)),
        (error: unknown) => {
          request.destroy()
          settle(() => reject(faultOf(error)))
        },
      )
    })
    request.on('error', (error) => {
      // While an answer is read, its own end says how it went.
      if (answering && !(error instanceof NetworkFault)) return
      const fault = faultOf(error)
      const stale = request.reusedSocket && fault.kind === 'broken' && !answering
      settle(() => reject(stale ? new StaleSocket('broken', fault.detail, error) : fault))
    })
    // A change of protocol ends the connection without an answer, and without an error.
    request.on('close', () => {
      if (!answering) settle(() => reject(new NetworkFault('broken', 'it gave no answer')))
    })
    for (const piece of question.body) request.write(piece)
    request.end()
  })

  function open(from: Sockets, { method, headers, body }: Question): ClientRequest {
    const length = body.reduce((sum, piece) => sum + piece.byteLength, 0)
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest
    const bare = new URL(url)
    bare.username = ''
    bare.password = ''
    return ask(bare, {
      method,
      agent: from.agentFor(url),
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...(method === 'POST' ? { 'content-length': String(length) } : {}),
      },
    })
  }
}

const cancelled = () => new NetworkFault('cancelled', 'it was cancelled')

async function read(response: IncomingMessage, { mostAnswerBytes }: Question): Promise<Answer> {
  const status = response.statusCode ?? 0
  const pieces: Buffer[] = []
  let length = 0
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity')
    throw new NetworkFault(
      'broken',
      `it answered ${encoding.slice(0, 40)}, which was not asked for`,
    )
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      length += piece.byteLength
      if (length > mostAnswerBytes)
        throw new NetworkFault(
          'answer-too-large',
          `its answer is longer than ${inMegabytes(mostAnswerBytes)}`,
        )
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof NetworkFault) throw error
    // Who refuses a body often closes before it was read to the end: what was said counts.
    if (status < 400) throw cutShort(response, length)
  }
  return {
    status,
    contentType: (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    location: response.headers.location ?? '',
    bytes: Buffer.concat(pieces),
  }
}

function cutShort(response: IncomingMessage, length: number): NetworkFault {
  const promised = response.headers['content-length']
  const of = promised === undefined ? '' : ` of ${promised}`
  return new NetworkFault('broken', `its answer ended after ${length}${of} bytes`)
}
