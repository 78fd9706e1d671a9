import type { EventBus } from '#main/core/ports.ts'

/** Keeps proxies and idle timers from closing a quiet stream. */
const HEARTBEAT_MS = 15_000
/** A client that does not read is cut off here; it reconnects and is told what it missed. */
const MAX_WAITING = 2_000

/**
 * `GET /events`: the one event stream (SSE). An id is `{epoch}.{sequence}`: sequences start over with each core, so an
 * id of another epoch means "everything here is new to you". Scripts may say `?since=` instead of `Last-Event-ID`.
 */
export function createEventStream(bus: EventBus) {
  const epoch = Date.now().toString(36)
  return (request: Request): Response => {
    const said =
      request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('since')
    // A stream nobody reads would listen for ever.
    const isAsked = request.method === 'GET'
    const body = isAsked ? streamOf(bus, epoch, sinceOf(said, epoch), request.signal) : null
    return new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    })
  }
}

/** @returns undefined: from now on, nothing is replayed */
function sinceOf(said: string | null, epoch: string): number | undefined {
  if (!said) return undefined
  const [theirEpoch, sequence] = said.split('.')
  if (theirEpoch !== epoch) return 0
  const since = Number(sequence)
  return Number.isSafeInteger(since) && since >= 0 ? since : 0
}

function streamOf(bus: EventBus, epoch: string, since: number | undefined, signal: AbortSignal) {
  const encoder = new TextEncoder()
  let stop = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text))
        const end = () => {
          stop()
          controller.close()
        }
        send('retry: 1000\n\n')
        const unsubscribe = bus.subscribe((id, event) => {
          if ((controller.desiredSize ?? 0) < -MAX_WAITING) return end()
          send(`id: ${epoch}.${id}\ndata: ${JSON.stringify(event)}\n\n`)
        }, since)
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
        heartbeat.unref()
        stop = once(() => {
          unsubscribe()
          clearInterval(heartbeat)
          signal.removeEventListener('abort', end)
        })
        signal.addEventListener('abort', end, { once: true })
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
