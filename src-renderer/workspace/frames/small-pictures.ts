/** What is known of a small picture: its object URL, that it cannot be had, or (undefined) nothing yet. */
export type SmallPicture = { readonly url: string } | 'broken' | undefined

export interface SmallPictureDeps {
  load(address: string, signal: AbortSignal): Promise<Blob>
  /** An address for `<img>`, and how to give it back. */
  urls: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'>
}

/** Some 20 MB of thumbnails. */
const KEPT = 2000
const AT_ONCE = 4
/** While a list flies past, what leaves again this soon is never asked for. */
const REST_MS = 60

interface Wish {
  readonly abort: AbortController
  readonly listeners: Set<() => void>
}

/**
 * Thumbnails and crops on their way from the core, kept so that scrolling back shows them in the same frame. What was
 * wished for last comes first, and what nobody sees any more is cancelled.
 */
export class SmallPictures {
  readonly #deps: SmallPictureDeps
  readonly #known = new Map<string, { readonly url: string } | 'broken'>()
  readonly #waiting = new Map<string, Wish>()
  readonly #loading = new Map<string, Wish>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: SmallPictureDeps) {
    this.#deps = deps
  }

  peek(address: string): SmallPicture {
    return this.#known.get(address)
  }

  /** Ask for one. @returns how to stop wanting it; `listener` runs when more is known */
  want(address: string, listener: () => void): () => void {
    const running = this.#loading.get(address)
    const isUnderWay = running !== undefined && !running.abort.signal.aborted
    const wish = isUnderWay ? running : (this.#waiting.get(address) ?? newWish())
    wish.listeners.add(listener)
    if (!isUnderWay) {
      // Put last again: the newest wish is served first.
      this.#waiting.delete(address)
      this.#waiting.set(address, wish)
      this.#timer ??= setTimeout(() => this.#serve(), REST_MS)
    }
    return () => {
      wish.listeners.delete(listener)
      if (wish.listeners.size > 0) return
      if (this.#waiting.get(address) === wish) this.#waiting.delete(address)
      if (this.#loading.get(address) === wish) wish.abort.abort()
    }
  }

  #serve(): void {
    this.#timer = null
    while (this.#loading.size < AT_ONCE) {
      const next = [...this.#waiting.keys()].at(-1)
      const wish = next === undefined ? undefined : this.#waiting.get(next)
      if (next === undefined || !wish) return
      this.#waiting.delete(next)
      this.#loading.set(next, wish)
      void this.#load(next, wish)
    }
  }

  async #load(address: string, wish: Wish): Promise<void> {
    try {
      const blob = await this.#deps.load(address, wish.abort.signal)
      this.#keep(address, { url: this.#deps.urls.createObjectURL(blob) })
    } catch {
      // A picture that cannot be read shows as such in its cell; the frame itself says why.
      if (!wish.abort.signal.aborted) this.#keep(address, 'broken')
    } finally {
      if (this.#loading.get(address) === wish) this.#loading.delete(address)
      for (const listener of wish.listeners) listener()
      this.#serve()
    }
  }

  #keep(address: string, picture: { readonly url: string } | 'broken'): void {
    this.#drop(address)
    this.#known.set(address, picture)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) return
      this.#drop(oldest)
    }
  }

  #drop(address: string): void {
    const known = this.#known.get(address)
    this.#known.delete(address)
    if (typeof known === 'object') this.#deps.urls.revokeObjectURL(known.url)
  }
}

function newWish(): Wish {
  return { abort: new AbortController(), listeners: new Set() }
}

/** Loads from the core's `/frames` door. */
export const smallPictures = new SmallPictures({
  urls: URL,
  async load(address, signal) {
    const response = await fetch(address, { signal })
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
    return response.blob()
  },
})
