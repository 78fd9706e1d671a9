/**
 * Label Studio's run-length encoding of brush regions: a stream of bits, packed into bytes, over all samples of an RGBA
 * picture. Head: 32 bits number of samples, 5 bits sample size less 1, four times 4 bits length size less 1. Then blocks:
 * 1 bit run or not, 2 bits which length size, the length less 1, and one sample for a run, all of them otherwise.
 */
import { maskOfToggles, type PixelBox, togglesIn } from '#shared/geometry/mask-spans.ts'

const SAMPLE_BITS = 8
/** Bits of a length, smallest first: the ones Label Studio itself writes. */
const LENGTH_BITS = [3, 4, 8, 16] as const
const LONGEST = 2 ** 16
const [RED_TO_ALPHA, SET] = [4, 255]

/** Says what is wrong and does not come back. */
type Refuse = (problem: string) => never

/** @param points mask points, see src-shared/domain/annotation.ts. @returns bytes as numbers */
export function encodeBrush(points: readonly number[], width: number, height: number): number[] {
  const bits = new BitWriter()
  bits.write(32, width * height * RED_TO_ALPHA)
  bits.write(5, SAMPLE_BITS - 1)
  for (const size of LENGTH_BITS) bits.write(4, size - 1)
  const toggles = togglesIn(points, { left: 0, top: 0, right: width, bottom: height })
  let at = 0
  for (let i = 0; i <= toggles.length; i += 1) {
    const end = i < toggles.length ? (toggles.places[i] ?? at) : width * height
    writeRun(bits, (end - at) * RED_TO_ALPHA, i % 2 === 1 ? SET : 0)
    at = end
  }
  return bits.bytes()
}

function writeRun(bits: BitWriter, samples: number, value: number): void {
  for (let left = samples; left > 0; ) {
    const length = Math.min(left, LONGEST)
    const which = LENGTH_BITS.findIndex((size) => length <= 2 ** size)
    bits.write(1, 1)
    bits.write(2, which)
    bits.write(LENGTH_BITS[which] ?? 16, length - 1)
    bits.write(SAMPLE_BITS, value)
    left -= length
  }
}

/**
 * The pixels that are not quite transparent.
 * @param rle  bytes as numbers
 * @returns mask points; null without a pixel
 */
export function decodeBrush(
  rle: readonly number[],
  width: number,
  height: number,
  refuse: Refuse,
): number[] | null {
  const bits = new BitReader(rle, refuse)
  const samples = bits.read(32)
  const pixels = width * height
  // Some scripts write one sample for each pixel.
  const channels = samples === pixels ? 1 : RED_TO_ALPHA
  if (samples !== pixels * channels) {
    refuse(`it has ${samples} samples, ${width} x ${height} pixels in RGBA have ${4 * pixels}`)
  }
  const sampleBits = bits.read(5) + 1
  const lengthBits = [0, 1, 2, 3].map(() => bits.read(4) + 1)
  const places = new Places(channels)
  for (let at = 0; at < samples; ) {
    const isRun = bits.read(1) === 1
    const end = at + 1 + bits.read(lengthBits[bits.read(2)] ?? 1)
    if (end > samples) refuse('a run is longer than what is left of the picture')
    if (isRun) places.add(at, end, bits.read(sampleBits) > 0)
    else for (let i = at; i < end; i += 1) places.add(i, i + 1, bits.read(sampleBits) > 0)
    at = end
  }
  const box: PixelBox = { left: 0, top: 0, right: width, bottom: height }
  return maskOfToggles(places.finish(pixels), box)
}

/** Toggles of the pixels whose last sample, their opacity, is set. */
class Places {
  readonly #channels: number
  readonly #places: number[] = []
  #isSet = false

  constructor(channels: number) {
    this.#channels = channels
  }

  /** Samples from `start` up to, but not including, `end`. */
  add(start: number, end: number, isSet: boolean): void {
    const last = this.#channels - 1
    const first = Math.ceil((start - last) / this.#channels)
    const holdsAny = first * this.#channels + last < end
    if (!holdsAny || isSet === this.#isSet) return
    this.#places.push(Math.max(0, first))
    this.#isSet = isSet
  }

  finish(pixels: number): { places: number[]; length: number } {
    if (this.#isSet) this.#places.push(pixels)
    return { places: this.#places, length: this.#places.length }
  }
}

class BitWriter {
  readonly #bytes: number[] = []
  #byte = 0
  #free = 8

  /** @param size  1 … 32 */
  write(size: number, value: number): void {
    for (let left = size; left > 0; ) {
      const take = Math.min(left, this.#free)
      const part = Math.floor(value / 2 ** (left - take)) % 2 ** take
      this.#byte = this.#byte * 2 ** take + part
      this.#free -= take
      left -= take
      if (this.#free === 0) this.#flush()
    }
  }

  bytes(): number[] {
    if (this.#free < 8) {
      this.#byte *= 2 ** this.#free
      this.#flush()
    }
    return this.#bytes
  }

  #flush(): void {
    this.#bytes.push(this.#byte)
    this.#byte = 0
    this.#free = 8
  }
}

class BitReader {
  readonly #bytes: readonly number[]
  readonly #refuse: Refuse
  #at = 0

  constructor(bytes: readonly number[], refuse: Refuse) {
    this.#bytes = bytes
    this.#refuse = refuse
  }

  /** @param size  1 … 32 */
  read(size: number): number {
    let value = 0
    for (let left = size; left > 0; ) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) return this.#refuse('it ends before the picture does')
      const free = 8 - (this.#at & 7)
      const take = Math.min(left, free)
      value = value * 2 ** take + ((byte >> (free - take)) & (2 ** take - 1))
      this.#at += take
      left -= take
    }
    return value
  }
}
