/**
 * The framing of TFRecord: 8 bytes length and 4 bytes checksum of them, the data and 4 bytes checksum of it; little endian.
 * A file is nothing but records one after the other.
 */
import { maskedCrc32c } from './crc32c.ts'

const HEAD_BYTES = 12
const TAIL_BYTES = 4
/** A record is held in memory: no picture with its boxes is larger. */
const MOST_BYTES = 2 ** 28

export interface TfRecord {
  /** From 1. */
  readonly number: number
  /** Where it begins, in bytes from the beginning of the file. */
  readonly offset: number
  readonly data: Buffer
}

/** Says what is wrong with a record and does not come back. */
export type RefuseRecord = (record: Pick<TfRecord, 'number' | 'offset'>, problem: string) => never

export function toRecord(data: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(HEAD_BYTES + data.length + TAIL_BYTES)
  record.writeBigUInt64LE(BigInt(data.length), 0)
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8)
  record.set(data, HEAD_BYTES)
  record.writeUInt32LE(maskedCrc32c(data), HEAD_BYTES + data.length)
  return record
}

/** The records of a file one by one, their checksums compared. */
export async function* readRecords(
  pieces: AsyncIterable<Uint8Array>,
  refuse: RefuseRecord,
): AsyncGenerator<TfRecord> {
  const bytes = new ByteQueue(pieces)
  for (let number = 1; await bytes.fill(1); number++) {
    const place = { number, offset: bytes.offset }
    if (!(await bytes.fill(HEAD_BYTES))) refuse(place, 'the file ends in the middle of it')
    const length = readHead(bytes.take(HEAD_BYTES), (problem) => refuse(place, problem))
    if (!(await bytes.fill(length + TAIL_BYTES))) refuse(place, 'the file ends in the middle of it')
    const body = bytes.take(length + TAIL_BYTES)
    const data = body.subarray(0, length)
    if (maskedCrc32c(data) !== body.readUInt32LE(length)) {
      refuse(place, 'the checksum of its data is wrong')
    }
    yield { ...place, data }
  }
}

function readHead(head: Buffer, refuse: (problem: string) => never): number {
  if (maskedCrc32c(head.subarray(0, 8)) !== head.readUInt32LE(8)) {
    const isPacked = head[0] === 0x1f && head[1] === 0x8b
    refuse(
      isPacked
        ? 'the file is compressed with gzip; unpack it first'
        : 'the checksum of its length is wrong',
    )
  }
  const length = head.readBigUInt64LE(0)
  if (length > MOST_BYTES) refuse(`it is ${length} bytes long, more than any picture needs`)
  return Number(length)
}

/** Bytes that came in pieces, taken in other pieces. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>
  #waiting: Uint8Array[] = []
  #length = 0
  /** How many were taken so far. */
  offset = 0

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#source = pieces[Symbol.asyncIterator]()
  }

  /** Wait until there are so many. @returns false where the source ends before */
  async fill(count: number): Promise<boolean> {
    while (this.#length < count) {
      const { value, done } = await this.#source.next()
      if (done) return false
      this.#waiting.push(value)
      this.#length += value.length
    }
    return true
  }

  /** @param count no more than there are */
  take(count: number): Buffer {
    const [first] = this.#waiting
    const all =
      this.#waiting.length === 1 && first
        ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
        : Buffer.concat(this.#waiting)
    this.#waiting = [all.subarray(count)]
    this.#length -= count
    this.offset += count
    return all.subarray(0, count)
  }
}
