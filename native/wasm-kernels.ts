/** Masks in, masks out: the kernels behind the same interface as their twins, who take over where 32 bits do not reach. */
import { type Bitmap, maskArea } from '#shared/geometry/mask.ts'
import { type MaskKernels, typescriptKernels as twins } from '#shared/geometry/mask-kernels.ts'
import { maskBox, type PixelBox } from '#shared/geometry/mask-spans.ts'
import type { ContourLoop } from '#shared/geometry/trace-runs.ts'
import { align, type WasmMemory } from './wasm-memory.ts'

type Mask = readonly number[]

/** Truth tables of `combine`: bit 1 for pixels of `a` alone, bit 2 of `b` alone, bit 3 of both. */
const EITHER = 0b1110
const ONLY_A = 0b0010
const BOTH = 0b1000
const DIFFERENT = 0b0110

/** Places in a box are 32-bit, coordinates leave room for sums, and a call's lists should stay within 1 GiB. */
const MOST_PIXELS = 2 ** 31 - 1
const FARTHEST = 2 ** 29
const MOST_NUMBERS = 2 ** 24
const MOST_BITMAP = 2 ** 26
/** Toggles a bitmap is first given room for; only noise has more, and is then encoded twice. */
const USUAL_TOGGLES = 2 ** 16

export class WasmKernels implements MaskKernels {
  readonly name = 'WebAssembly'
  readonly #memory: WasmMemory

  constructor(memory: WasmMemory) {
    this.#memory = memory
  }

  encode(bitmap: Bitmap): number[] | null {
    const pixels = bitmap.width * bitmap.height
    if (pixels > MOST_BITMAP || !isNear(bitmap.left, bitmap.top)) return twins.encode(bitmap)
    const mask = this.#encode(bitmap, USUAL_TOGGLES) ?? this.#encode(bitmap, pixels + 1)
    this.#memory.release()
    return mask === null || mask.length === 0 ? null : mask
  }

  /** An empty list when no pixel is set; null when the room is too small. */
  #encode({ left, top, width, height, data }: Bitmap, room: number): number[] | null {
    const toggles = align(data.length + 16)
    const list = 4 * room + 32
    const base = this.#memory.reserve(toggles + 2 * list)
    const bytes = new Uint8Array(this.#memory.kernels.memory.buffer)
    bytes[base + 15] = 0
    bytes.set(data, base + 16)
    const work = base + toggles
    const out = work + list
    const { kernels } = this.#memory
    const n = kernels.encode(base + 16, width, height, left, top, work, room, out)
    return n < 0 ? null : this.#memory.take(out, n)
  }

  union(a: Mask, b: Mask): number[] {
    const box = fittingBox(a, b)
    return box === null ? twins.union(a, b) : (this.#combine(a, b, EITHER, box) ?? [...a])
  }

  subtract(a: Mask, b: Mask): number[] | null {
    return fittingBox(a, b) === null
      ? twins.subtract(a, b)
      : this.#combine(a, b, ONLY_A, maskBox(a))
  }

  intersect(a: Mask, b: Mask): number[] | null {
    if (fittingBox(a, b) === null) return twins.intersect(a, b)
    const common = overlap(maskBox(a), maskBox(b))
    return common === null ? null : this.#combine(a, b, BOTH, common)
  }

  xor(a: Mask, b: Mask): number[] | null {
    const box = fittingBox(a, b)
    return box === null ? twins.xor(a, b) : this.#combine(a, b, DIFFERENT, box)
  }

  iou(a: Mask, b: Mask): number {
    const box = fittingBox(a, b)
    if (box === null) return twins.iou(a, b)
    if (overlap(maskBox(a), maskBox(b)) === null) return 0
    const { workA, workB, atB } = this.#layOut(a, b, 2)
    const { kernels } = this.#memory
    const both = kernels.overlap(
      this.#memory.reserve(0),
      a.length - 4,
      atB,
      b.length - 4,
      box.left,
      box.top,
      box.right,
      box.bottom,
      workA,
      workB,
    )
    this.#memory.release()
    return both === 0 ? 0 : both / (maskArea(a) + maskArea(b) - both)
  }

  #combine(a: Mask, b: Mask, table: number, box: PixelBox): number[] | null {
    const { atB, workA, workB, work, out } = this.#layOut(a, b, 4)
    const { kernels } = this.#memory
    const n = kernels.combine(
      this.#memory.reserve(0),
      a.length - 4,
      atB,
      b.length - 4,
      table,
      box.left,
      box.top,
      box.right,
      box.bottom,
      workA,
      workB,
      work,
      out,
    )
    const mask = n === 0 ? null : this.#memory.take(out, n)
    this.#memory.release()
    return mask
  }

  /** Both masks in memory, with room for the toggles of each, of what comes out, and for its points. */
  #layOut(a: Mask, b: Mask, lists: 2 | 4) {
    const [roomA, roomB] = [toggleRoom(a), toggleRoom(b)]
    const room = (lists - 1) * (roomA + roomB)
    const base = this.#memory.reserve(4 * (a.length + b.length) + room)
    const atB = this.#memory.put(a, base)
    const workA = this.#memory.put(b, atB)
    const workB = workA + roomA
    const work = workB + roomB
    return { atB, workA, workB, work, out: work + roomA + roomB }
  }

  fillPolygon(polygon: readonly number[], width: number, height: number): number[] | null {
    const corners = polygon.length >> 1
    const fits = width * height <= MOST_PIXELS && corners <= MOST_NUMBERS
    if (!fits) return twins.fillPolygon(polygon, width, height)
    if (corners === 0) return null
    const starts = 16 * corners
    const line = starts + 4 * (height + 2)
    const lists = align(line + width + 17)
    const base = this.#memory.reserve(lists)
    this.#memory.putFloats(polygon, 2 * corners, base)
    const { kernels } = this.#memory
    const crossings = kernels.countCrossings(base, corners, height, base + starts)
    const isListed = crossings >= 0 && crossings <= MOST_NUMBERS
    if (!isListed) return twins.fillPolygon(polygon, width, height)
    if (crossings === 0) return null
    this.#memory.reserve(lists + 8 * crossings + 64)
    const crossed = base + lists
    const out = crossed + 4 * crossings + 16
    const n = kernels.fillPolygon(
      base,
      corners,
      width,
      height,
      base + starts,
      base + line,
      crossed,
      out,
    )
    const mask = n === 0 ? null : this.#memory.take(out, n)
    this.#memory.release()
    return mask
  }

  contours(mask: Mask): ContourLoop[] {
    if (fittingBox(mask, mask) === null) return twins.contours(mask)
    const box = maskBox(mask)
    const toggles = mask.length + 4 * (box.bottom - box.top)
    if (toggles > MOST_NUMBERS / 4) return twins.contours(mask)
    // Corners: at most two a toggle, six numbers each while they are found, two and a half when they are handed over.
    const base = this.#memory.reserve(4 * mask.length + 4 * 24 * toggles)
    const work = this.#memory.put(mask, base)
    const out = work + 4 * 18 * toggles
    const count = this.#memory.kernels.trace(base, mask.length - 4, work, out)
    const loops: ContourLoop[] = []
    for (let i = 0, at = out; i < count; i++) {
      const [corners = 0, hole = -1] = this.#memory.take(at, 2)
      loops.push({ points: this.#memory.take(at + 8, 2 * corners), hole })
      at += 8 + 8 * corners
    }
    this.#memory.release()
    return loops
  }
}

/** The box around two masks; null when 32-bit numbers are too small for it, or memory for the masks. */
function fittingBox(a: Mask, b: Mask): PixelBox | null {
  const [p, q] = [maskBox(a), maskBox(b)]
  const left = Math.min(p.left, q.left)
  const top = Math.min(p.top, q.top)
  const right = Math.max(p.right, q.right)
  const bottom = Math.max(p.bottom, q.bottom)
  const fits =
    isNear(left, top) &&
    isNear(right, bottom) &&
    (right - left) * (bottom - top) <= MOST_PIXELS &&
    a.length + b.length + bottom - top <= MOST_NUMBERS
  return fits ? { left, top, right, bottom } : null
}

function isNear(x: number, y: number): boolean {
  return Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST
}

function overlap(a: PixelBox, b: PixelBox): PixelBox | null {
  const left = Math.max(a.left, b.left)
  const top = Math.max(a.top, b.top)
  const right = Math.min(a.right, b.right)
  const bottom = Math.min(a.bottom, b.bottom)
  return left < right && top < bottom ? { left, top, right, bottom } : null
}

/** Bytes for the toggles of a mask in any box, and for the box and the end mark after them. */
function toggleRoom(mask: Mask): number {
  const { top, bottom } = maskBox(mask)
  return 4 * (mask.length + 2 * (bottom - top) + 4)
}
