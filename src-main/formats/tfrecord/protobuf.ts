/** As much of the wire format of Protocol Buffers as `tf.train.Example` needs: fields one after the other, nothing kept. */

/** Says what is wrong, as a clause, and does not come back. */
export type Refuse = (problem: string) => never

export const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]

export interface Field {
  readonly number: number
  readonly wireType: number
  /** Of a varint; signed, as int64 is. */
  readonly value: number
  /** Of everything else. */
  readonly bytes: Buffer
}

const NOTHING = Buffer.alloc(0)

/** The fields of a message in the order they stand there. */
export function* fieldsOf(message: Buffer, refuse: Refuse): Generator<Field> {
  const cursor = { at: 0 }
  while (cursor.at < message.length) {
    const key = readVarint(message, cursor, refuse)
    const [number, wireType] = [Math.floor(key / 8), key % 8]
    if (wireType === VARINT) {
      const value = readVarint(message, cursor, refuse)
      yield { number, wireType, value, bytes: NOTHING }
      continue
    }
    const length = lengthOf(wireType, message, cursor, refuse)
    const bytes = message.subarray(cursor.at, cursor.at + length)
    if (length < 0 || bytes.length < length) refuse('it ends in the middle of a field')
    cursor.at += length
    yield { number, wireType, value: 0, bytes }
  }
}

function lengthOf(wireType: number, message: Buffer, cursor: Cursor, refuse: Refuse): number {
  if (wireType === FIXED32) return 4
  if (wireType === FIXED64) return 8
  if (wireType === BYTES) return readVarint(message, cursor, refuse)
  return refuse(`it has a field of type ${wireType}, which it cannot have`)
}

interface Cursor {
  at: number
}

/** Seven bits a byte, the lowest first; ten bytes at most. */
export function readVarint(message: Buffer, cursor: Cursor, refuse: Refuse): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < 10; i++) {
    const byte = message[cursor.at]
    if (byte === undefined) return refuse('it ends in the middle of a number')
    cursor.at++
    // Beyond 53 bits it is a negative number, or one nobody means: 64 bits decide.
    if (i > 6) return readLong(message, cursor, value, byte, refuse)
    value += (byte & 127) * scale
    if (byte < 128) return value
    scale *= 128
  }
  return value
}

function readLong(
  message: Buffer,
  cursor: Cursor,
  low: number,
  first: number,
  refuse: Refuse,
): number {
  let value = BigInt(low) | (BigInt(first & 127) << 49n)
  let byte = first
  for (let shift = 56n; byte >= 128; shift += 7n) {
    const next = message[cursor.at]
    if (next === undefined || shift > 63n) return refuse('it ends in the middle of a number')
    cursor.at++
    byte = next
    value |= BigInt(byte & 127) << shift
  }
  return Number(BigInt.asIntN(64, value))
}

/** Writes a message field by field. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = []

  varint(value: number): this {
    const bytes: number[] = []
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
    bytes.push(rest)
    this.#parts.push(Uint8Array.from(bytes))
    return this
  }

  /** A field of bytes, or of a message. */
  bytes(number: number, data: Uint8Array): this {
    this.varint(number * 8 + BYTES).varint(data.length)
    this.#parts.push(data)
    return this
  }

  finish(): Buffer {
    return Buffer.concat(this.#parts)
  }
}
