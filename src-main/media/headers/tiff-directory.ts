import type { Bytes } from './bytes.ts'

/** Tags of the first directory of a TIFF; an EXIF block is a small TIFF too. */
export interface TiffFacts {
  readonly width: number
  readonly height: number
  /** EXIF orientation 1 … 8. */
  readonly orientation: number
}

const WIDTH = 0x100
const HEIGHT = 0x101
const ORIENTATION = 0x112
const SHORT = 3
const LONG = 4
const ENTRY_BYTES = 12

/** Null for BigTIFF and for what is damaged. Fields that are absent are 0, the orientation 1. */
export function readTiffDirectory(bytes: Bytes): TiffFacts | null {
  const head = bytes.at(0, 8)
  const order = head.toString('latin1', 0, 2)
  if (head.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const little = order === 'II'
  const u16 = (b: Buffer, at: number) => (little ? b.readUInt16LE(at) : b.readUInt16BE(at))
  const u32 = (b: Buffer, at: number) => (little ? b.readUInt32LE(at) : b.readUInt32BE(at))
  if (u16(head, 2) !== 42) return null
  const start = u32(head, 4)
  const count = bytes.at(start, 2)
  if (count.length < 2) return null
  const entries = bytes.at(start + 2, u16(count, 0) * ENTRY_BYTES)
  const values = new Map<number, number>()
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const type = u16(entries, at + 2)
    if (type === SHORT) values.set(u16(entries, at), u16(entries, at + 8))
    else if (type === LONG) values.set(u16(entries, at), u32(entries, at + 8))
  }
  return {
    width: values.get(WIDTH) ?? 0,
    height: values.get(HEIGHT) ?? 0,
    orientation: validOrientation(values.get(ORIENTATION)),
  }
}

/** Writers put 0, 9 and worse there; viewers take these as "not turned". */
function validOrientation(value: number | undefined): number {
  return value !== undefined && value >= 1 && value <= 8 ? value : 1
}
