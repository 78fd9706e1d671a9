/** Reads one entry out of an open zip. What the directory declares is a bound, never a promise. */
import { read } from 'node:fs'
import { promisify } from 'node:util'
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib'
import { type Archive, ArchiveProblem, readExactly, type ZipFacts } from './archive.ts'

const LOCAL_HEADER = 30
const LOCAL_SIGNATURE = 0x04034b50
/** Names and extra fields are rarely longer; then header and data come with one read. */
const USUAL_NAME_BYTES = 300

const WRONG_SIZE = 'it unpacks to another size than the archive says'

const readAsync = promisify(read)
const inflateAsync = promisify(inflateRaw)

/** @throws ArchiveProblem if it is damaged, or unpacks to another size than declared */
export async function readZipEntry(
  { fd, sizeBytes: archiveBytes }: Archive,
  facts: ZipFacts,
  sizeBytes: number,
): Promise<Buffer> {
  const wanted = LOCAL_HEADER + USUAL_NAME_BYTES + facts.packedBytes
  const length = Math.max(0, Math.min(wanted, archiveBytes - facts.headerOffset))
  const bytes = Buffer.allocUnsafe(length)
  await readAsync(fd, bytes, 0, length, facts.headerOffset)
  const start = LOCAL_HEADER + namesLength(bytes)
  const end = start + facts.packedBytes
  if (facts.headerOffset + end > archiveBytes) throw new ArchiveProblem('the archive is cut short')
  const packed =
    end <= length
      ? bytes.subarray(start, end)
      : readExactly(fd, facts.headerOffset + start, facts.packedBytes)
  const data = facts.deflated ? await inflate(packed, sizeBytes) : packed
  if (data.length !== sizeBytes) throw new ArchiveProblem(WRONG_SIZE)
  if (crc32(data) !== facts.crc32) throw new ArchiveProblem('its checksum does not match')
  return data
}

async function inflate(packed: Buffer, sizeBytes: number): Promise<Buffer> {
  try {
    // One byte more than declared is enough to catch a lie, and all that it may cost.
    return await inflateAsync(packed, { maxOutputLength: sizeBytes + 1 })
  } catch (cause) {
    const problem = isTooLarge(cause) ? WRONG_SIZE : 'its packed data is damaged'
    throw new ArchiveProblem(problem, { cause })
  }
}

/** Where an entry's packed bytes begin. @throws ArchiveProblem */
export function zipDataStart(fd: number, headerOffset: number): number {
  return headerOffset + LOCAL_HEADER + namesLength(readExactly(fd, headerOffset, LOCAL_HEADER))
}

/**
 * The first bytes of an entry, for its header. Synchronous, as all header reading is (it runs on a worker thread).
 * 20 KiB of packed data always hold the 16 KiB that the fingerprint wants, and unpack to 20 MB at worst.
 */
export function zipHead({ fd }: Archive, facts: ZipFacts): Buffer {
  const start = zipDataStart(fd, facts.headerOffset)
  const packed = readExactly(fd, start, Math.min(facts.packedBytes, 20 * 1024))
  if (!facts.deflated) return packed
  try {
    return inflateRawSync(packed, { finishFlush: 2 /* Z_SYNC_FLUSH: input may end anywhere */ })
  } catch (cause) {
    throw new ArchiveProblem('its packed data is damaged', { cause })
  }
}

function namesLength(header: Buffer): number {
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw new ArchiveProblem('the archive is damaged at its place')
  return header.readUInt16LE(26) + header.readUInt16LE(28)
}

const isTooLarge = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
