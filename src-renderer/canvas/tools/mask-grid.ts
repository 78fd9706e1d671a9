import { maskBox, maskOfToggles, type Toggles, togglesIn } from '#shared/geometry/mask-spans.ts'

/** Pixels of a tile's side. */
export const TILE = 256
/** Tiles lie up to so many to either side of the picture's corner: masks may reach over its edges. */
const SPREAD = 1 << 15

/** A square of the picture, kept from the first pixel painted in it. */
export interface MaskTile {
  /** Image pixels of its top-left corner, multiples of TILE. */
  readonly x: number
  readonly y: number
  /** 0 or 1, row-major, TILE x TILE. */
  readonly data: Uint8Array<ArrayBuffer>
  /** What changed since it was last shown, tile pixels, far edges exclusive; null for nothing. Its painter clears it. */
  dirty: { x1: number; y1: number; x2: number; y2: number } | null
}

/** What one stroke changed: spans of pixels that flipped, by tile. Flipping them again takes it back. */
export type Patch = readonly { readonly key: number; readonly flips: Uint32Array }[]

/**
 * The pixels of a mask while it is painted: tiles made on demand, so that a stroke costs what its brush covers, whatever
 * the size of the picture. A stroke is remembered as the pixels it flipped, which is its own inverse.
 */
export class MaskGrid {
  readonly #tiles = new Map<number, MaskTile>()
  /** Tiles as they were before the stroke under way; null between strokes. */
  #before: Map<number, Uint8Array> | null = null

  /** @param points  mask points to begin with */
  constructor(points: readonly number[] | null = null) {
    if (points) this.fillMask(points, 1)
  }

  get tiles(): Iterable<MaskTile> {
    return this.#tiles.values()
  }

  /** Sets columns `x1` up to but not including `x2` of a row. */
  fill(y: number, x1: number, x2: number, value: 0 | 1): void {
    const row = Math.floor(y / TILE)
    const last = Math.floor((x2 - 1) / TILE)
    for (let column = Math.floor(x1 / TILE); column <= last; column++) {
      const tile = this.#touch(column, row, value)
      if (!tile) continue
      const from = Math.max(x1 - tile.x, 0)
      const to = Math.min(x2 - tile.x, TILE)
      const start = (y - tile.y) * TILE
      tile.data.fill(value, start + from, start + to)
      soil(tile, from, y - tile.y, to, y - tile.y + 1)
    }
  }

  /** Sets every pixel of a mask, in this grid or not. */
  fillMask(points: readonly number[], value: 0 | 1): void {
    const box = maskBox(points)
    const width = box.right - box.left
    const { places, length } = togglesIn(points, box)
    for (let i = 0; i + 1 < length; i += 2) {
      const end = places[i + 1] ?? 0
      for (let from = places[i] ?? 0; from < end; ) {
        const row = Math.floor(from / width)
        const to = Math.min(end, (row + 1) * width)
        this.fill(box.top + row, box.left + from - row * width, box.left + to - row * width, value)
        from = to
      }
    }
  }

  beginStroke(): void {
    this.#before = new Map()
  }

  /** @returns what the stroke changed; null when it left everything as it was */
  endStroke(): Patch | null {
    const before = this.#before ?? new Map<number, Uint8Array>()
    this.#before = null
    const patch = [...before].flatMap(([key, old]) => {
      const flips = flipsBetween(old, this.#tiles.get(key)?.data ?? old)
      return flips.length === 0 ? [] : [{ key, flips }]
    })
    return patch.length === 0 ? null : patch
  }

  /** Takes a stroke back, or carries it out again. */
  flip(patch: Patch): void {
    for (const { key, flips } of patch) {
      const tile = this.#tiles.get(key)
      if (!tile) continue
      for (let i = 0; i < flips.length; i += 2) {
        const end = flips[i + 1] ?? 0
        for (let at = flips[i] ?? 0; at < end; at++) tile.data[at] = 1 - (tile.data[at] ?? 0)
      }
      soil(tile, 0, 0, TILE, TILE)
    }
  }

  /** The painted pixels as mask points; null when there is none. */
  points(): number[] | null {
    const tiles = [...this.#tiles.values()].filter(({ data }) => data.includes(1))
    if (tiles.length === 0) return null
    const left = Math.min(...tiles.map(({ x }) => x))
    const top = Math.min(...tiles.map(({ y }) => y))
    const right = Math.max(...tiles.map(({ x }) => x)) + TILE
    const bottom = Math.max(...tiles.map(({ y }) => y)) + TILE
    const rows = Map.groupBy(tiles, ({ y }) => y)
    const places: number[] = []
    for (let y = top; y < bottom; y += TILE) {
      const beside = (rows.get(y) ?? []).sort((a, b) => a.x - b.x)
      for (let row = 0; row < TILE; row++) {
        const start = (y + row - top) * (right - left)
        for (const tile of beside) addRow(places, tile.data, row, start + tile.x - left)
      }
    }
    const toggles: Toggles = { places: Float64Array.from(places), length: places.length }
    return maskOfToggles(toggles, { left, top, right, bottom })
  }

  /** The tile to write to, remembered as it was; undefined where an eraser would only make an empty one. */
  #touch(column: number, row: number, value: 0 | 1): MaskTile | undefined {
    const key = (row + SPREAD) * 2 * SPREAD + column + SPREAD
    let tile = this.#tiles.get(key)
    if (!tile) {
      if (value === 0) return undefined
      tile = { x: column * TILE, y: row * TILE, data: new Uint8Array(TILE * TILE), dirty: null }
      this.#tiles.set(key, tile)
    }
    if (this.#before && !this.#before.has(key)) this.#before.set(key, tile.data.slice())
    return tile
  }
}

function soil(tile: MaskTile, x1: number, y1: number, x2: number, y2: number): void {
  const { dirty } = tile
  if (!dirty) {
    tile.dirty = { x1, y1, x2, y2 }
    return
  }
  if (x1 < dirty.x1) dirty.x1 = x1
  if (y1 < dirty.y1) dirty.y1 = y1
  if (x2 > dirty.x2) dirty.x2 = x2
  if (y2 > dirty.y2) dirty.y2 = y2
}

/** Start, end, start, end … of where the two differ. Most of a tile does not: four pixels are looked at together. */
function flipsBetween(a: Uint8Array, b: Uint8Array): Uint32Array {
  const [wordsA, wordsB] = [new Uint32Array(a.buffer), new Uint32Array(b.buffer)]
  const flips: number[] = []
  let differs = false
  for (let word = 0; word < wordsA.length; word++) {
    if (wordsA[word] === wordsB[word] && !differs) continue
    for (let i = 4 * word; i < 4 * word + 4; i++) {
      if ((a[i] !== b[i]) === differs) continue
      differs = !differs
      flips.push(i)
    }
  }
  if (differs) flips.push(a.length)
  return Uint32Array.from(flips)
}

/** Toggles of one row of a tile. A span that began in the tile to the left goes on: its end is taken back. */
function addRow(places: number[], data: Uint8Array, row: number, offset: number): void {
  const start = row * TILE
  const end = start + TILE
  for (let at = data.indexOf(1, start); at >= 0 && at < end; at = data.indexOf(1, at)) {
    const stop = data.indexOf(0, at)
    const to = stop < 0 || stop > end ? end : stop
    const from = offset + at - start
    if (places.at(-1) === from) places.pop()
    else places.push(from)
    places.push(offset + to - start)
    at = to
    if (at >= end) return
  }
}
