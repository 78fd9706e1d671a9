import { type FileHandle, open, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { VideoStamp } from '../../../core/ports.ts'
import { FOOTER_BYTES, type ProxyFacts, readFooter, TABLE_ENTRY_BYTES } from './layout.ts'
import { proxiesDir, proxyName } from './proxies-dir.ts'

export interface VideoProxy {
  readonly facts: ProxyFacts
  /** The JPEG of a frame, not turned; null where there is none. Never throws: a proxy is a convenience. */
  jpeg(n: number): Promise<Uint8Array | null>
}

export interface ProxyShelf {
  /** The proxy of a file as it is now; null where there is none, or a broken one. */
  find(stamp: VideoStamp): Promise<VideoProxy | null>
  close(): void
}

/** How long "there is none" is believed: one may be finished at any time. */
const ABSENT_MS = 3000
const MOST_OPEN = 4

export function createProxyShelf(cacheDir: string): ProxyShelf {
  const open = new Map<string, { proxy: Promise<OpenProxy | null>; at: number }>()

  async function find(stamp: VideoStamp): Promise<OpenProxy | null> {
    const file = join(proxiesDir(cacheDir), proxyName(stamp))
    const known = open.get(file)
    if (known) {
      const proxy = await known.proxy
      if (proxy || performance.now() - known.at < ABSENT_MS) return proxy
    }
    const proxy = openProxy(file)
    open.delete(file)
    open.set(file, { proxy, at: performance.now() })
    const oldest = open.keys().next().value
    if (open.size > MOST_OPEN && oldest !== undefined) forget(oldest)
    return proxy
  }

  function forget(file: string): void {
    void open.get(file)?.proxy.then((proxy) => proxy?.close())
    open.delete(file)
  }

  return {
    find,
    close() {
      for (const file of [...open.keys()]) forget(file)
    },
  }
}

interface OpenProxy extends VideoProxy {
  close(): void
}

async function openProxy(file: string): Promise<OpenProxy | null> {
  const handle = await open(file).catch(() => null)
  if (!handle) return null
  const facts = await factsOf(handle).catch(() => null)
  if (!facts) {
    await handle.close().catch(() => undefined)
    await rm(file, { force: true }).catch(() => undefined)
    return null
  }
  const now = new Date()
  utimes(file, now, now).catch(() => undefined) // its age decides what is dropped first
  return {
    facts,
    jpeg: (n) => pictureOf(handle, facts, n).catch(() => null),
    close: () => void handle.close().catch(() => undefined),
  }
}

async function factsOf(handle: FileHandle): Promise<ProxyFacts | null> {
  const { size } = await handle.stat()
  if (size < FOOTER_BYTES) return null
  return readFooter(await bytesAt(handle, size - FOOTER_BYTES, FOOTER_BYTES), size)
}

async function pictureOf(handle: FileHandle, facts: ProxyFacts, n: number) {
  if (n >= facts.frames) return null
  const entries = await bytesAt(
    handle,
    facts.tableAt + TABLE_ENTRY_BYTES * n,
    2 * TABLE_ENTRY_BYTES,
  )
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength)
  const [begin, end] = [view.getFloat64(0, true), view.getFloat64(TABLE_ENTRY_BYTES, true)]
  if (!(begin < end && end <= facts.tableAt)) return null
  return bytesAt(handle, begin, end - begin)
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position)
  if (bytesRead < length) throw new Error('it is cut short')
  return buffer
}
