import { describe, expect, test } from 'vitest'
import type { Core } from '#main/core/core.ts'
import type { FrameBytes } from '#main/core/ports.ts'
import { RAW_FRAME_TYPE } from '#shared/media/raw-frame.ts'
import { createApp } from './app.ts'
import { createFakeCore } from './fake-core.ts'

async function answer(path: string, change: Partial<Core> = {}, init?: RequestInit) {
  const logged: unknown[] = []
  const core = { ...(await createFakeCore()), ...change }
  const log = { error: (fields: unknown) => void logged.push(fields) }
  const app = createApp(core, { rendererDir: '/nowhere', log })
  const response = await app.fetch(new Request(`http://fieldmark${path}`, init))
  return { response, logged }
}

const raw: FrameBytes = {
  contentType: RAW_FRAME_TYPE,
  body: Uint8Array.of(1, 2, 3),
  exifTurned: false,
}

describe('a frame of a video', () => {
  test('goes out as it is, neither hashed nor kept by the browser', async () => {
    const { response } = await answer('/frames/1/5', { frameBytes: async () => raw })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(raw.body)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': RAW_FRAME_TYPE,
      'content-length': '3',
      'cache-control': 'no-store',
    })
    expect(response.headers.has('etag')).toBe(false)
  })

  test('is asked for in the quality the page wants', async () => {
    const asked: string[] = []
    const frameBytes: Core['frameBytes'] = async (_task, _index, quality) => {
      asked.push(quality)
      return raw
    }
    await answer('/frames/1/5?quality=proxy', { frameBytes })
    await answer('/frames/1/5', { frameBytes })
    expect(asked).toEqual(['proxy', 'display'])
  })

  test('that nobody waits for any more is no error', async () => {
    const gone = new AbortController()
    const frameBytes: Core['frameBytes'] = (_task, _index, _quality, signal) => {
      gone.abort()
      return Promise.reject(signal?.reason)
    }
    const { response, logged } = await answer(
      '/frames/1/5',
      { frameBytes },
      { signal: gone.signal },
    )
    expect(response.status).toBe(499)
    expect(logged).toEqual([])
  })
})

describe('a strip for the timeline', () => {
  test.each([
    ['the middle of each part', 'from=0&to=99&count=4', [12, 37, 62, 87]],
    ['a part of the frames', 'from=10&to=19&count=2', [12, 17]],
    ['one tile a frame at most', 'from=3&to=5&count=40', [3, 4, 5]],
    ['a single one', 'from=7&to=7&count=1', [7]],
  ])('shows %s', async (_name, query, frames) => {
    const { response } = await answer(`/frames/1/strip?${query}`)
    expect(await response.json()).toEqual(frames)
    expect(response.headers.get('strip-tile')).toBe('96x54')
    expect(response.headers.get('strip-count')).toBe(String(frames.length))
  })

  test.each(['from=5&to=4&count=1', 'from=0&to=9&count=0', 'from=0&to=9&count=101', 'from=0&to=9'])(
    'refuses %s',
    async (query) => {
      const { response } = await answer(`/frames/1/strip?${query}`)
      expect(await response.json()).toMatchObject({ error: { code: 'INPUT_INVALID' } })
    },
  )
})
