/** One 512-byte tar header (POSIX ustar, GNU and pax). */
import { ArchiveProblem } from './archive.ts'

export const TAR_BLOCK = 512
const CHECKSUM_AT = 148

export interface TarHeader {
  readonly name: string
  readonly sizeBytes: number
  /** '0' file, '5' folder, '2' link, 'L' GNU long name, 'x' pax facts of the next entry, 'g' pax facts of all … */
  readonly type: string
}

/** Null for the block of zeros that ends an archive. @throws ArchiveProblem when it is no header */
export function parseTarHeader(block: Uint8Array): TarHeader | null {
  const bytes = Buffer.from(block.buffer, block.byteOffset, TAR_BLOCK)
  if (!isTarHeader(bytes)) {
    if (bytes.every((byte) => byte === 0)) return null
    throw new ArchiveProblem('it is damaged, or no tar archive')
  }
  const name = text(bytes, 0, 100)
  const prefix = text(bytes, 257, 262) === 'ustar' && bytes[262] === 0 ? text(bytes, 345, 500) : ''
  const type = String.fromCharCode(bytes[156] || 0x30)
  return { name: prefix ? `${prefix}/${name}` : name, sizeBytes: number(bytes, 124, 136), type }
}

/** True when the checksum agrees: also tells that an archive has not been replaced since it was listed. */
export function isTarHeader(block: Uint8Array): boolean {
  let sum = 8 * 0x20
  for (const [at, byte] of block.entries()) {
    if (at < CHECKSUM_AT || at >= CHECKSUM_AT + 8) sum += byte
  }
  const stored = Buffer.from(block.buffer, block.byteOffset, TAR_BLOCK)
  return number(stored, CHECKSUM_AT, CHECKSUM_AT + 8) === sum
}

/** Facts of a pax header: lines of `length key=value`. Only path and size matter here. */
export function parsePax(data: Buffer): { path?: string; size?: number } {
  const facts: { path?: string; size?: number } = {}
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at)
    const length = Number(data.toString('latin1', at, space))
    if (space < 0 || !Number.isInteger(length) || length <= 0) break
    const [key, ...value] = data.toString('utf8', space + 1, at + length - 1).split('=')
    if (key === 'path') facts.path = value.join('=')
    if (key === 'size') facts.size = Number(value.join('='))
    at += length
  }
  return facts
}

function text(bytes: Buffer, start: number, end: number): string {
  const nul = bytes.indexOf(0, start)
  return bytes.toString('utf8', start, nul < 0 || nul > end ? end : nul)
}

/** Octal digits, or GNU's base 256 for what does not fit. */
function number(bytes: Buffer, start: number, end: number): number {
  if (((bytes[start] ?? 0) & 0x80) === 0)
    return Number.parseInt(text(bytes, start, end).trim() || '0', 8)
  let value = (bytes[start] ?? 0) & 0x7f
  for (let at = start + 1; at < end; at += 1) value = value * 256 + (bytes[at] ?? 0)
  return value
}
