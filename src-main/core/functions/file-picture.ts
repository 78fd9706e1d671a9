import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameReader, FrameRecord, FunctionPicture, RgbPicture } from '../ports.ts'

/** A picture of this machine that is part of no task. */
export async function filePicture(reader: FrameReader, path: string): Promise<FunctionPicture> {
  let read: Promise<RgbPicture> | undefined
  const info = await stat(path).catch(() => null)
  const pixels = (signal?: AbortSignal) => {
    read ??= reader.pixels(frameOf(path), signal)
    return read
  }
  return {
    key: JSON.stringify([path, info?.size, info?.mtimeMs]),
    what: path,
    pixels,
    async encoded(signal) {
      const { contentType, body } = await reader.encode(await pixels(signal))
      return { contentType, bytes: body }
    },
  }
}

/** As a task of this one picture would have it, before its header was read. */
function frameOf(path: string): FrameRecord {
  return {
    index: 0 as FrameIndex,
    name: basename(path),
    ...{ width: null, height: null, status: 'pending', deleted: false, checked: false },
    location: {
      source: { kind: 'folder', path: dirname(path) },
      ...{ entry: basename(path), offset: null, sizeBytes: null },
    },
    ...{ orientation: 1, fingerprint: null, problem: null },
  }
}
