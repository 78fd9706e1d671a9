import type { FileHandle } from 'node:fs/promises'
import { BYTES, type Field, MOST_HEAD, readField, WireError } from './wire.ts'

const WINDOW_BYTES = 16 * 1024
/** A large language model has some hundred thousand nodes and weights. */
const MOST_FIELDS = 2_000_000

/**
 * Protobuf messages in a file, field by field: what nobody asks for is stepped over, so that the weights of a model are
 * never read. 1 GB in 2,000 initializers takes about 60 ms.
 */
export class WireFile {
  readonly sizeBytes: number
  readonly #file: FileHandle
  readonly #window = Buffer.alloc(WINDOW_BYTES)
  #from = 0
  #filled = 0
  #fields = 0

  constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file
    this.sizeBytes = sizeBytes
  }

  /**
   * The fields between two offsets; do with each what you want before you ask for the next.
   * @throws WireError with `wanted`, where a field would end behind the end of the file
   */
  async *fields(start: number, end: number): AsyncGenerator<Field> {
    for (let at = start; at < end; ) {
      this.#fields += 1
      if (this.#fields > MOST_FIELDS) throw new WireError('it has more parts than any network')
      const head = await this.#at(at, Math.min(MOST_HEAD, end - at))
      const { field, next } = readField(head, 0, at)
      if (at + next > this.sizeBytes) throw new WireError('it is cut off', at + next)
      if (at + next > end) throw new WireError('a field is longer than what holds it')
      yield field
      at += next
    }
  }

  /** What a field carries. @returns null when that is more than `most` bytes */
  async bytes({ wire, start, length }: Field, most: number): Promise<Uint8Array | null> {
    if (wire !== BYTES) throw new WireError('a field is of the wrong kind')
    if (length > most) return null
    if (length <= WINDOW_BYTES) return Uint8Array.from(await this.#at(start, length))
    const whole = Buffer.alloc(length)
    const { bytesRead } = await this.#file.read(whole, 0, length, start)
    if (bytesRead < length) throw new WireError('it is cut off', start + length)
    return whole
  }

  /** At most a window of it, valid until the next call. */
  async #at(start: number, length: number): Promise<Uint8Array> {
    if (start < this.#from || start + length > this.#from + this.#filled) {
      const { bytesRead } = await this.#file.read(this.#window, 0, WINDOW_BYTES, start)
      this.#from = start
      this.#filled = bytesRead
      if (bytesRead < length) throw new WireError('it is cut off', start + length)
    }
    return this.#window.subarray(start - this.#from, start - this.#from + length)
  }
}
