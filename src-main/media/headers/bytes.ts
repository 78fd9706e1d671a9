import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * Random access to one picture, wherever it lies. Synchronous: for the few bytes a header needs, 50,000 asynchronous
 * reads take twice to four times as long, and headers are read on a worker thread.
 */
export interface Bytes {
  readonly size: number
  /** What lies there; shorter at the end of the picture. */
  at(offset: number, length: number): Buffer
}

export const HEAD_BYTES = 16 * 1024

/** A picture that is in memory. */
export function bytesOf(picture: Uint8Array): Bytes {
  const buffer = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  return {
    size: buffer.length,
    at: (offset, length) => buffer.subarray(offset, Math.max(offset, offset + length)),
  }
}

/** A picture whose beginning is in memory and whose rest can be fetched. */
export function bytesWithHead(
  head: Buffer,
  size: number,
  rest: (offset: number, length: number) => Buffer,
): Bytes {
  return {
    size,
    at(offset, length) {
      const end = Math.min(offset + length, size)
      if (offset < 0 || offset >= end) return Buffer.alloc(0)
      return end <= head.length ? head.subarray(offset, end) : rest(offset, end - offset)
    },
  }
}

/** A part of an open file: `start` 0 for a picture of its own, the place inside an archive else. */
export function bytesOfFile(fd: number, start: number, size: number, into?: Buffer): Bytes {
  const read = (buffer: Buffer, offset: number, length: number) =>
    buffer.subarray(0, readSync(fd, buffer, 0, length, start + offset))
  const headLength = Math.min(size, HEAD_BYTES)
  const head = read(into ?? Buffer.allocUnsafe(headLength), 0, headLength)
  return bytesWithHead(head, size, (offset, length) =>
    read(Buffer.allocUnsafe(length), offset, length),
  )
}

/** Reused for every file's head: nothing of it outlives the call. */
const shared = Buffer.allocUnsafe(HEAD_BYTES)

/** Open a picture for the time of `work`. @throws the system's error */
export function withFile<T>(path: string, work: (bytes: Bytes, mtimeMs: number) => T): T {
  const fd = openSync(path, 'r')
  try {
    const { size, mtimeMs } = fstatSync(fd)
    return work(bytesOfFile(fd, 0, size, shared), mtimeMs)
  } finally {
    closeSync(fd)
  }
}
