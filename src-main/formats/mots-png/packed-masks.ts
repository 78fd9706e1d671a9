/**
 * Masks until all of a data set are read, seven bits of a number to a byte: a mask of 400 runs is half a kilobyte, not the
 * three that its numbers would be.
 */
export class PackedMasks {
  #bytes = Buffer.alloc(256)
  #length = 0

  get byteLength(): number {
    return this.#length
  }

  add(frame: number, points: readonly number[]): void {
    this.#put(frame)
    this.#put(points.length)
    for (const number of points) this.#put(number)
  }

  #put(number: number): void {
    if (this.#length + 8 > this.#bytes.length) {
      const larger = Buffer.alloc(2 * this.#bytes.length)
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    let rest = number
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  /** In the order they were added. */
  *masks(): Generator<{ frame: number; points: number[] }> {
    let at = 0
    const next = (): number => {
      let number = 0
      for (let scale = 1; ; scale *= 128) {
        const byte = this.#bytes[at++] ?? 0
        number += (byte & 127) * scale
        if (byte < 128) return number
      }
    }
    while (at < this.#length) {
      const frame = next()
      const points = Array.from({ length: next() }, next)
      yield { frame, points }
    }
  }
}
