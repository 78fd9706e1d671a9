import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32c, maskedCrc32c } from './crc32c.ts'
import { readRecords, toRecord } from './records.ts'

test('CRC-32C of the texts everybody checks it with', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(maskedCrc32c(Buffer.from('123456789'))).toBe(0xc78ab0e5)
  expect(maskedCrc32c(Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]))).toBe(0x0e4999b0)
  expect(maskedCrc32c(Buffer.from('abc'))).toBe(0x21f1576e)
  expect(crc32c(Buffer.alloc(0))).toBe(0)
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
  expect(crc32c(Buffer.alloc(32, 255))).toBe(0x62a8ab43)
})

test('eight bytes a step say the same as bit by bit, wherever they lie', () => {
  const slow = (bytes: Uint8Array) => {
    let crc = 0xffffffff
    for (const byte of bytes) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
    }
    return ~crc >>> 0
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(7), (bytes, start) => {
      const part = bytes.subarray(Math.min(start, bytes.length))
      expect(crc32c(part)).toBe(slow(part))
    }),
  )
})

async function* cut(data: Uint8Array, length: number) {
  for (let i = 0; i < data.length; i += length) yield data.subarray(i, i + length)
}

async function read(data: Uint8Array, length = 5): Promise<string[]> {
  const found: string[] = []
  const records = readRecords(cut(data, length), ({ number, offset }, problem) => {
    throw new Error(`record ${number} at byte ${offset}: ${problem}`)
  })
  for await (const { data: bytes } of records) found.push(Buffer.from(bytes).toString('hex'))
  return found
}

test('records come back, in pieces of any length', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 90 }),
      async (list, length) => {
        const file = Buffer.concat(list.map(toRecord))
        expect(await read(file, length)).toEqual(
          list.map((data) => Buffer.from(data).toString('hex')),
        )
      },
    ),
  )
})

describe('names the record and its place', () => {
  const file = Buffer.concat(['abc', 'de'].map((text) => toRecord(Buffer.from(text))))
  const flipped = (at: number) => {
    const copy = Buffer.from(file)
    copy[at] = (copy[at] ?? 0) ^ 4
    return copy
  }
  const long = Buffer.alloc(12)
  long.writeBigUInt64LE(2n ** 40n)
  long.writeUInt32LE(maskedCrc32c(long.subarray(0, 8)), 8)

  test.each([
    ['a bit of the data', flipped(32), 'record 2 at byte 19: the checksum of its data is wrong'],
    [
      'a bit of the length',
      flipped(19),
      'record 2 at byte 19: the checksum of its length is wrong',
    ],
    ['a bit of the last checksum', flipped(36), 'record 2 at byte 19: the checksum of its data'],
    ['cut in the head', file.subarray(0, 22), 'record 2 at byte 19: the file ends in the middle'],
    ['cut in the data', file.subarray(0, 35), 'record 2 at byte 19: the file ends in the middle'],
    ['a length no record has', long, 'record 1 at byte 0: it is 1099511627776 bytes long'],
    ['a packed file', Buffer.from('1f8b08000000000000030000', 'hex'), 'compressed with gzip'],
  ])('%s', async (_name, data, message) => {
    await expect(read(data)).rejects.toThrow(message)
  })
})
