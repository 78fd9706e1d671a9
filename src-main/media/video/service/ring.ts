/** Decoded frames of all videos within one bound of memory. */
export interface FrameRing {
  get(video: string, n: number): RingFrame | undefined
  has(video: string, n: number): boolean
  put(video: string, frame: RingFrame): void
  /** Where somebody is in this video and which way they go: what is far from there, or behind, is dropped first. */
  look(video: string, at: number, direction: 1 | -1): void
  drop(video: string): void
  readonly sizeBytes: number
}

export interface RingFrame {
  readonly n: number
  /** A whole raw frame (media/raw-frame.ts). */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A step behind the person counts as far as this many steps ahead. */
const BEHIND = 1.5

interface Shelf {
  readonly frames: Map<number, RingFrame>
  at: number
  direction: 1 | -1
}

export function createRing(maxBytes: number): FrameRing {
  /** In the order in which people looked, the latest last. */
  const shelves = new Map<string, Shelf>()
  let sizeBytes = 0

  function shelfOf(video: string): Shelf {
    const known = shelves.get(video)
    if (known) return known
    const shelf: Shelf = { frames: new Map(), at: 0, direction: 1 }
    shelves.set(video, shelf)
    return shelf
  }

  function remove(shelf: Shelf, n: number): void {
    sizeBytes -= shelf.frames.get(n)?.bytes.byteLength ?? 0
    shelf.frames.delete(n)
  }

  function makeRoom(): void {
    for (const shelf of shelves.values()) {
      while (sizeBytes > maxBytes && shelf.frames.size > 0) remove(shelf, leastWanted(shelf))
    }
  }

  return {
    get: (video, n) => shelves.get(video)?.frames.get(n),
    has: (video, n) => shelves.get(video)?.frames.has(n) ?? false,
    put(video, frame) {
      const shelf = shelfOf(video)
      remove(shelf, frame.n)
      shelf.frames.set(frame.n, frame)
      sizeBytes += frame.bytes.byteLength
      makeRoom()
    },
    look(video, at, direction) {
      const shelf = shelfOf(video)
      Object.assign(shelf, { at, direction })
      shelves.delete(video)
      shelves.set(video, shelf)
    },
    drop(video) {
      const shelf = shelves.get(video)
      if (!shelf) return
      for (const n of [...shelf.frames.keys()]) remove(shelf, n)
      shelves.delete(video)
    },
    get sizeBytes() {
      return sizeBytes
    },
  }
}

function leastWanted({ frames, at, direction }: Shelf): number {
  let found = at
  let farthest = -1
  for (const n of frames.keys()) {
    const steps = (n - at) * direction
    const distance = steps >= 0 ? steps : -steps * BEHIND
    if (distance > farthest) [found, farthest] = [n, distance]
  }
  return found
}
