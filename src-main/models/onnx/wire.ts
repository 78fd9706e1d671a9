/**
 * The reading half of protobuf's wire format, for messages nobody vouches for: every length is checked against what is there.
 * @see https://protobuf.dev/programming-guides/encoding
 */

export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

/** The bytes are no message, or not all of them are there. */
export class WireError extends Error {
  /** Where the message would end, when it is only cut short. */
  readonly wanted: number | null
  constructor(problem: string, wanted: number | null = null) {
    super(problem)
    this.wanted = wanted
  }
}

export interface Field {
  readonly number: number
  readonly wire: number
  /** Of a varint; as an int64 has it. Of others 0. */
  readonly value: number
  /** Where what it carries begins, and how long that is; of varints both are 0. */
  readonly start: number
  readonly length: number
}

/** @returns the number and where it ends; null when the bytes end first */
export function readVarint(
  bytes: Uint8Array,
  start: number,
): { value: number; end: number } | null {
  let low = 0
  for (let at = start; at < start + 4; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    low += (byte & 127) * 2 ** (7 * (at - start))
    if (byte < 128) return { value: low, end: at + 1 }
  }
  let all = BigInt(low)
  for (let at = start + 4; at < start + 10; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    all += BigInt(byte & 127) << BigInt(7 * (at - start))
    if (byte < 128) return { value: Number(BigInt.asIntN(64, all)), end: at + 1 }
  }
  throw new WireError('a number does not end')
}

/** Most bytes a field may take before what it carries: two varints. */
export const MOST_HEAD = 20

/**
 * @param bytes  beginning with a field
 * @param base  where they lie in the whole
 * @returns the field, and where the next one begins
 * @throws WireError
 */
export function readField(bytes: Uint8Array, at: number, base = 0): { field: Field; next: number } {
  const cut = () => new WireError('it ends within a field', base + bytes.length + 1)
  const tag = readVarint(bytes, at)
  if (!tag) throw cut()
  const wire = tag.value % 8
  const number = Math.floor(tag.value / 8)
  if (number < 1) throw new WireError('a field has no number')
  if (wire === VARINT) {
    const read = readVarint(bytes, tag.end)
    if (!read) throw cut()
    return { field: { number, wire, value: read.value, start: 0, length: 0 }, next: read.end }
  }
  const sized = wire === BYTES ? readVarint(bytes, tag.end) : { value: width(wire), end: tag.end }
  if (!sized) throw cut()
  if (sized.value < 0) throw new WireError('a length is negative')
  const field = { number, wire, value: 0, start: base + sized.end, length: sized.value }
  return { field, next: sized.end + sized.value }
}

function width(wire: number): number {
  if (wire === FIXED64) return 8
  if (wire === FIXED32) return 4
  throw new WireError('a field is of no known kind')
}

/** The fields of a message that is all there. @throws WireError */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  for (let at = 0; at < message.length; ) {
    const { field, next } = readField(message, at)
    if (next > message.length) throw new WireError('a field is longer than what holds it')
    yield field
    at = next
  }
}

export const partOf = (message: Uint8Array, { start, length }: Field): Uint8Array =>
  message.subarray(start, start + length)

const utf8 = new TextDecoder()
export const textOf = (message: Uint8Array, field: Field): string =>
  utf8.decode(partOf(message, field))
