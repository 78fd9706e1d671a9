import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * FFmpeg tells the reason a movie (MP4, MOV) does not open only to its log: the table of its frames, the `moov` box, is
 * missing because a recording or a copy stopped before it was written. Walks the outer boxes, a few bytes each.
 * @returns a clause, or null when this is not the reason
 */
export function whyNoMovie(path: string): string | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return null // FFmpeg has said why it cannot be opened
  }
  try {
    return fstatSync(file).isFile() ? missingMoov(file, fstatSync(file).size) : null
  } finally {
    closeSync(file)
  }
}

function missingMoov(file: number, size: number): string | null {
  if (size === 0) return 'the file is empty'
  const head = Buffer.alloc(16)
  let at = 0
  let isMovie = false
  while (at + 8 <= size) {
    readSync(file, head, 0, 16, at)
    const type = head.toString('latin1', 4, 8)
    if (at === 0) isMovie = type === 'ftyp'
    if (!isMovie || type === 'moov') return null
    const length = boxLength(head, size - at)
    if (length < 8) return null
    at += length
  }
  return 'moov atom not found (the table of its frames is missing: it was cut short)'
}

function boxLength(head: Buffer, left: number): number {
  const length = head.readUInt32BE(0)
  if (length === 0) return left
  return length === 1 ? Number(head.readBigUInt64BE(8)) : length
}
