import type { EventChannel } from './events.ts'

const NAME = 'fieldmark-events'
const CONNECTING = 0

type Said =
  | { readonly said: 'message'; readonly data: string; readonly lastEventId: string }
  | { readonly said: 'open' }
  | { readonly said: 'lost' }

/**
 * One event stream for all windows of this browser. HTTP/1.1 gives an origin six connections, and every held stream
 * takes one: with a stream a window, the seventh would wait for ever. So the window that holds the lock listens and
 * tells the others; when it goes, the next one takes over where it had been.
 */
export function openSharedStream(): EventChannel {
  // Old browsers and insecure origins have no locks: a stream of its own is what a single window needs.
  if (!('locks' in navigator)) return openStream('')
  return new SharedStream()
}

function openStream(since: string): EventChannel {
  const query = since ? `?since=${encodeURIComponent(since)}` : ''
  return new EventSource(`/events${query}`) as unknown as EventChannel
}

class SharedStream implements EventChannel {
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string; lastEventId: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #others = new BroadcastChannel(NAME)
  readonly #closed = new AbortController()
  #source: EventChannel | null = null
  #lastEventId = ''

  constructor() {
    this.#others.onmessage = ({ data }) => this.#hear(data as Said)
    navigator.locks
      .request(NAME, { signal: this.#closed.signal }, () => this.#lead())
      // Closed while waiting for its turn: what aborting means.
      .catch(() => undefined)
  }

  get readyState(): number {
    return this.#source?.readyState ?? CONNECTING
  }

  close(): void {
    this.#closed.abort()
    this.#source?.close()
    this.#others.close()
  }

  /** Holds the lock until closed. */
  #lead(): Promise<void> {
    const source = openStream(this.#lastEventId)
    this.#source = source
    source.onopen = () => this.#tell({ said: 'open' })
    source.onerror = () => this.#tell({ said: 'lost' })
    source.onmessage = ({ data, lastEventId }) => this.#tell({ said: 'message', data, lastEventId })
    return new Promise((resolve) => {
      this.#closed.signal.addEventListener('abort', () => resolve())
    })
  }

  #tell(said: Said): void {
    this.#others.postMessage(said)
    this.#hear(said)
  }

  #hear(said: Said): void {
    if (said.said === 'open') this.onopen?.()
    else if (said.said === 'lost') this.onerror?.()
    else {
      this.#lastEventId = said.lastEventId
      this.onmessage?.(said)
    }
  }
}
