import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Core } from '#main/core/core.ts'
import { createEventBus } from '#main/core/event-bus.ts'
import type { EventBus } from '#main/core/ports.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** What the contract suite needs to steer. */
export interface FakeCore extends Core {
  /** How many listeners of the event bus are alive: proves that closed streams let go. */
  listening(): number
  /** The result of request 7, which is finished. */
  exported: unknown
}

/** A 1 x 1 GIF: real bytes, so that a browser can show it too. */
export const onePixel = Uint8Array.from(
  Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'),
)

/** A core of a few canned answers, for the doors' own tests: no database, no media. */
export async function createFakeCore(): Promise<FakeCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-fake-'))
  const { bus, listening } = countingBus()
  const core: FakeCore = {
    dataDir,
    events: bus,
    listening,
    exported: null,
    client: fakeClient(dataDir, () => core.exported),
    async frameBytes(taskId, index) {
      if (index > 0) throw new AppError('FRAME_MISSING', { path: `task ${taskId}`, frame: index })
      return { contentType: 'image/gif', body: onePixel, exifTurned: false }
    },
    stripBytes: async (_taskId, frames) => ({
      contentType: 'image/webp',
      body: new TextEncoder().encode(JSON.stringify(frames)),
      tileWidth: 96,
      tileHeight: 54,
    }),
    cropBytes: async (_taskId, _index, box) => ({
      contentType: 'image/webp',
      body: new TextEncoder().encode(JSON.stringify(box)),
      exifTurned: false,
    }),
    relatedBytes: async (_taskId, frame, position) => {
      const what = `context image of frame ${frame}`
      if (position > 0) throw new AppError('NOT_FOUND', { what, id: position })
      return { contentType: 'image/gif', body: onePixel, exifTurned: false }
    },
    previewBytes: async () => ({ contentType: 'image/gif', body: onePixel, exifTurned: false }),
    newUploadDir: () => mkdtemp(join(dataDir, 'upload-')),
    announce: () => {},
    close: async () => {},
  }
  return core
}

function countingBus(): { bus: EventBus; listening: () => number } {
  const inner = createEventBus()
  let alive = 0
  const subscribe: EventBus['subscribe'] = (listener, since) => {
    const stop = inner.subscribe(listener, since)
    alive += 1
    return () => {
      alive -= 1
      stop()
    }
  }
  return { bus: { publish: inner.publish, subscribe }, listening: () => alive }
}

function fakeClient(dataDir: string, exported: () => unknown): Core['client'] {
  const client = {
    app: {
      info: async () => ({
        version: '0.0.0-fake',
        dataDir,
        platform: 'test',
        homeDir: '/',
        pathSeparator: '/',
        revisionOfSchema: 1,
      }),
      getSettings: async () => {
        throw new TypeError('a bug nobody foresaw')
      },
      setSettings: async (change: Record<string, unknown>) => change,
      browse: async (input: unknown) => ({
        path: JSON.stringify(input),
        parent: null,
        entries: [],
      }),
    },
    projects: {
      get: async ({ id }: { id: unknown }) => {
        throw new AppError('NOT_FOUND', { what: 'project', id: id as number })
      },
    },
    frames: { list: async (input: unknown) => [input] },
    annotations: {
      undo: async () => {
        throw new AppError('NOTHING_TO_UNDO', { verb: 'undo' })
      },
    },
    requests: { get: async ({ id }: { id: number }) => requestOf(id, exported()) },
  }
  return client as unknown as Core['client']
}

function requestOf(id: number, result: unknown): Partial<WorkRequest> {
  if (id !== 7) throw new AppError('NOT_FOUND', { what: 'request', id })
  return { kind: 'export-dataset', state: 'finished', result }
}
