/** The records a zip is made of (PKWARE APPNOTE 4.3), zip64 where numbers need it. Little endian throughout. */

export interface ZipEntry {
  /** Text, and no bytes: those of a short name would keep the whole block alive that they were made in. */
  readonly name: string
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8
  readonly crc: number
  readonly packedBytes: number
  readonly plainBytes: number
  /** Where its local header begins. */
  readonly offset: number
}

const MAX32 = 0xffffffff
const MAX16 = 0xffff
const UTF8_NAMES = 0x0800
/** 1 January 1980, the first day a zip knows: the same data always makes the same bytes. */
const DATE = 0x0021
const PLAIN_VERSION = 20
const ZIP64_VERSION = 45

/**
 * @param sizes `later`: unknown yet, room for them is left in a zip64 field, see `sizesOf`
 */
export function localHeader(entry: ZipEntry, sizes: 'known' | 'later'): Buffer {
  const later = sizes === 'later'
  const large = later || entry.packedBytes >= MAX32 || entry.plainBytes >= MAX32
  const extra = large ? zip64Extra([entry.plainBytes, entry.packedBytes]) : Buffer.alloc(0)
  const name = Buffer.from(entry.name)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(large ? ZIP64_VERSION : PLAIN_VERSION, 4)
  writeCommon(head, 6, entry, large)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, name, extra])
}

export function centralHeader(entry: ZipEntry): Buffer {
  const wide = [entry.plainBytes, entry.packedBytes, entry.offset].filter((n) => n >= MAX32)
  const extra = wide.length > 0 ? zip64Extra(wide) : Buffer.alloc(0)
  const name = Buffer.from(entry.name)
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  // Made on Unix (3), so that the permissions below are understood.
  head.writeUInt16LE((3 << 8) | ZIP64_VERSION, 4)
  head.writeUInt16LE(wide.length > 0 ? ZIP64_VERSION : PLAIN_VERSION, 6)
  writeCommon(head, 8, entry, false)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE((0o100644 << 16) >>> 0, 38)
  head.writeUInt32LE(Math.min(entry.offset, MAX32), 42)
  return Buffer.concat([head, name, extra])
}

/** Flags, method, date, checksum and sizes: the same in both headers. */
function writeCommon(head: Buffer, at: number, entry: ZipEntry, wide: boolean): void {
  head.writeUInt16LE(UTF8_NAMES, at)
  head.writeUInt16LE(entry.method, at + 2)
  head.writeUInt16LE(0, at + 4)
  head.writeUInt16LE(DATE, at + 6)
  head.writeUInt32LE(entry.crc, at + 8)
  head.writeUInt32LE(wide ? MAX32 : Math.min(entry.packedBytes, MAX32), at + 12)
  head.writeUInt32LE(wide ? MAX32 : Math.min(entry.plainBytes, MAX32), at + 16)
}

function zip64Extra(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length)
  extra.writeUInt16LE(0x0001, 0)
  extra.writeUInt16LE(8 * numbers.length, 2)
  numbers.forEach((n, i) => {
    extra.writeBigUInt64LE(BigInt(n), 4 + 8 * i)
  })
  return extra
}

export function endRecords(entries: number, offset: number, sizeBytes: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(entries, MAX16), 8)
  end.writeUInt16LE(Math.min(entries, MAX16), 10)
  end.writeUInt32LE(Math.min(sizeBytes, MAX32), 12)
  end.writeUInt32LE(Math.min(offset, MAX32), 16)
  if (entries < MAX16 && offset < MAX32 && sizeBytes < MAX32) return end
  return Buffer.concat([
    zip64End(entries, offset, sizeBytes),
    zip64Locator(offset + sizeBytes),
    end,
  ])
}

function zip64End(entries: number, offset: number, sizeBytes: number): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE((3 << 8) | ZIP64_VERSION, 12)
  record.writeUInt16LE(ZIP64_VERSION, 14)
  record.writeBigUInt64LE(BigInt(entries), 24)
  record.writeBigUInt64LE(BigInt(entries), 32)
  record.writeBigUInt64LE(BigInt(sizeBytes), 40)
  record.writeBigUInt64LE(BigInt(offset), 48)
  return record
}

function zip64Locator(endOffset: number): Buffer {
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(endOffset), 8)
  locator.writeUInt32LE(1, 16)
  return locator
}
