/**
 * Writes a zip into an open file, one entry after the other, never holding an entry's whole text. Our own and not yazl,
 * for three reasons: yazl looks through all earlier entries at every new one (100,000 YOLO files: 10^10 steps), tells
 * nobody when an entry has left the memory, and computes checksums in JavaScript.
 */
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import type { TransformOptions } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib'
import type { DatasetOutput } from '#main/core/ports.ts'
import { centralHeader, endRecords, localHeader, type ZipEntry } from './zip-records.ts'

/** Annotation text: level 4 packs nearly as small as level 6 and is quicker. */
const LEVEL = 4
const PIECE_CHARACTERS = 2 ** 17
/** Deflating less than this on the spot is quicker than handing it to another thread: XML files of 7 KiB take a third of it. */
const SMALL_BYTES = 2 ** 14
/** A small window: zlib's own memory for each of 100,000 small files would be 256 KiB otherwise. It packs them as well. */
const SMALL = { level: LEVEL, windowBits: 12, memLevel: 4, chunkSize: 1024 } as const
const BUFFER_BYTES = 2 ** 20
/** Text waiting for the deflating thread, so that neither stands idle: 10,000 COCO frames went from 2.2 to 1.5 s. */
const QUEUE_BYTES = 2 ** 20

const STREAMED: ZlibOptions & TransformOptions = {
  level: LEVEL,
  chunkSize: 2 ** 17,
  writableHighWaterMark: QUEUE_BYTES,
}

const deflateAside = promisify(deflateRaw) as (
  data: Uint8Array,
  options: { level: number },
) => Promise<Buffer>

export interface ZipWriter extends DatasetOutput {
  /** Write the list of entries. @returns the size of the whole file */
  finish(): Promise<number>
}

export function createZipWriter(handle: FileHandle): ZipWriter {
  const sink = createSink(handle)
  const entries: ZipEntry[] = []
  const addBytes = async (name: string, data: Uint8Array, compress: boolean): Promise<void> => {
    const entry = await packed(name, data, compress, sink.position())
    await sink.write(localHeader(entry.header, 'known'))
    await sink.write(entry.body)
    entries.push(entry.header)
  }
  return {
    bytes: addBytes,
    async text(name, pieces) {
      const parts = joinPieces(pieces)
      const first = await parts.next()
      const second = first.done ? first : await parts.next()
      if (second.done) {
        await addBytes(name, Buffer.from(first.done ? '' : first.value), true)
      } else {
        entries.push(
          await writeStreamed(sink, name, 8, chain([first.value ?? '', second.value], parts)),
        )
      }
    },
    async stream(name, pieces, compress) {
      entries.push(await writeStreamed(sink, name, compress ? 8 : 0, pieces))
    },
    async finish() {
      const offset = sink.position()
      for (const entry of entries) await sink.write(centralHeader(entry))
      await sink.write(endRecords(entries.length, offset, sink.position() - offset))
      await sink.flush()
      return sink.position()
    },
  }
}

async function packed(
  name: string,
  data: Uint8Array,
  compress: boolean,
  offset: number,
): Promise<{ header: ZipEntry; body: Uint8Array }> {
  const deflated = compress && data.length > 0 ? await deflateWhole(data) : data
  const method = deflated.length < data.length ? 8 : 0
  const body = method === 8 ? deflated : data
  const sizes = { packedBytes: body.length, plainBytes: data.length }
  return { header: { name: entryName(name), method, crc: crc32(data), ...sizes, offset }, body }
}

async function deflateWhole(data: Uint8Array): Promise<Uint8Array> {
  if (data.length < SMALL_BYTES) return deflateRawSync(data, SMALL)
  return await deflateAside(data, { level: LEVEL })
}

/** An entry of unknown length: its header is written with room for the sizes and filled in afterwards. */
async function writeStreamed(
  sink: Sink,
  name: string,
  method: ZipEntry['method'],
  parts: AsyncIterable<string | Uint8Array>,
): Promise<ZipEntry> {
  const offset = sink.position()
  const unknown = {
    name: entryName(name),
    method,
    crc: 0,
    packedBytes: 0,
    plainBytes: 0,
    offset,
  }
  await sink.write(localHeader(unknown, 'later'))
  const start = sink.position()
  const write = method === 8 ? deflateInto : storeInto
  const { crc, plainBytes } = await write(sink, parts)
  const entry: ZipEntry = { ...unknown, crc, plainBytes, packedBytes: sink.position() - start }
  await sink.rewrite(localHeader(entry, 'later'), offset)
  return entry
}

interface Written {
  readonly crc: number
  readonly plainBytes: number
}

async function storeInto(sink: Sink, parts: AsyncIterable<string | Uint8Array>): Promise<Written> {
  let crc = 0
  let plainBytes = 0
  for await (const part of parts) {
    const bytes = toBytes(part)
    crc = crc32(bytes, crc)
    plainBytes += bytes.length
    await sink.write(bytes)
  }
  return { crc, plainBytes }
}

function toBytes(part: string | Uint8Array): Uint8Array {
  return typeof part === 'string' ? Buffer.from(part) : part
}

async function deflateInto(
  sink: Sink,
  parts: AsyncIterable<string | Uint8Array>,
): Promise<Written> {
  const deflate = createDeflateRaw(STREAMED)
  const drained = (async () => {
    for await (const piece of deflate as AsyncIterable<Buffer>) await sink.write(piece)
  })()
  // If the parts fail first, nobody waits for this any more; its own failure still reaches the await below.
  drained.catch(() => undefined)
  let crc = 0
  let plainBytes = 0
  try {
    for await (const part of parts) {
      const bytes = toBytes(part)
      crc = crc32(bytes, crc)
      plainBytes += bytes.length
      // Even with room in the queue, a turn of the loop: else the other thread's finished pieces wait for us, and it for us.
      if (deflate.write(bytes)) await setImmediate()
      else await Promise.race([once(deflate, 'drain'), drained])
    }
    deflate.end()
    await drained
  } finally {
    deflate.destroy()
  }
  return { crc, plainBytes }
}

/** Many small pieces as few large ones: each costs a checksum, a deflate call and an await. */
async function* joinPieces(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<string> {
  let joined = ''
  // A plain `for` over what is not asynchronous: 120,000 awaits saved for a large export.
  if (Symbol.iterator in pieces) {
    for (const piece of pieces) {
      joined += piece
      if (joined.length < PIECE_CHARACTERS) continue
      yield joined
      joined = ''
    }
  } else {
    for await (const piece of pieces) {
      joined += piece
      if (joined.length < PIECE_CHARACTERS) continue
      yield joined
      joined = ''
    }
  }
  if (joined !== '') yield joined
}

async function* chain(
  first: readonly string[],
  rest: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield* first
  yield* rest
}

/** Frame names come from file systems; what would leave the folder on unpacking is taken out of them. */
function entryName(name: string): string {
  const parts = name.replaceAll('\\', '/').split('/')
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/')
}

interface Sink {
  /** Bytes written so far, those still in memory among them. */
  position(): number
  write(data: Uint8Array): Promise<void>
  flush(): Promise<void>
  rewrite(data: Uint8Array, position: number): Promise<void>
}

/** Gathers small writes; a large one goes out directly. */
function createSink(handle: FileHandle): Sink {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let written = 0
  const writeAll = async (data: Uint8Array, position: number): Promise<void> => {
    for (let done = 0; done < data.length; ) {
      done += (await handle.write(data, done, data.length - done, position + done)).bytesWritten
    }
  }
  const flush = async (): Promise<void> => {
    const data = waiting.length === 1 ? (waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    const position = written
    written += data.length
    await writeAll(data, position)
  }
  return {
    position: () => written + waitingBytes,
    async write(data) {
      waiting.push(data)
      waitingBytes += data.length
      if (waitingBytes >= BUFFER_BYTES) await flush()
    },
    flush,
    async rewrite(data, position) {
      await flush()
      await writeAll(data, position)
    },
  }
}
