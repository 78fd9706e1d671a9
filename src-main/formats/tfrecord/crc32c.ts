/**
 * CRC-32C (Castagnoli), the checksum of TFRecord: reflected polynomial 0x82F63B78, initial value and final xor 0xFFFFFFFF.
 * Node has CRC-32 and no CRC-32C. Eight bytes a step through eight tables: pictures are gigabytes.
 * @see Kounavis and Berry 2005, slicing-by-8
 */
const POLYNOMIAL = 0x82f63b78
const STEP = 8

/** Table k: what a byte becomes once k more bytes have gone through. */
const TABLES = makeTables()

function makeTables(): Int32Array {
  const tables = new Int32Array(256 * STEP)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1
    tables[byte] = value
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256] ?? 0
    tables[i] = (before >>> 8) ^ (tables[before & 255] ?? 0)
  }
  return tables
}

/** @returns 0 … 2^32 - 1 */
export function crc32c(bytes: Uint8Array): number {
  const t = TABLES
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let crc = -1
  let i = 0
  for (const last = bytes.length - STEP; i <= last; i += STEP) {
    const a = crc ^ view.getInt32(i, true)
    const b = view.getInt32(i + 4, true)
    crc =
      at(t, 1792 + (a & 255)) ^
      at(t, 1536 + ((a >>> 8) & 255)) ^
      at(t, 1280 + ((a >>> 16) & 255)) ^
      at(t, 1024 + (a >>> 24)) ^
      at(t, 768 + (b & 255)) ^
      at(t, 512 + ((b >>> 8) & 255)) ^
      at(t, 256 + ((b >>> 16) & 255)) ^
      at(t, b >>> 24)
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ at(t, (crc ^ (bytes[i] ?? 0)) & 255)
  return ~crc >>> 0
}

function at(table: Int32Array, i: number): number {
  // Within the table by construction: a check would cost a third of the time.
  return table[i] as number
}

/** As records hold it: turned right by 15 bits, plus a constant, so that a checksum of checksums is no trap. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}
