import { describe, expect, test } from 'vitest'
import { FrameLoader, type Picture, planAhead } from './frames.ts'
import { settle } from './testing.ts'

const range = { start: 0, stop: 99 }

test.each([
  ['forward', 10, 1, 6, [11, 12, 9, 13, 14, 8]],
  ['backward', 10, -1, 6, [9, 8, 11, 7, 6, 12]],
  ['by steps of ten', 10, 10, 5, [20, 30, 11, 12, 9]],
  ['at the first frame', 0, 1, 3, [1, 2, 3]],
  ['at the last frame', 99, 1, 2, [98, 97]],
])('looks ahead %s', (_name, frame, stride, count, expected) => {
  expect(planAhead(frame, stride, range, count)).toEqual(expected)
})

function makeLoader(budgetBytes = 4 * 100) {
  const asked = new Map<number, { signal: AbortSignal; give: () => void }>()
  const closed: number[] = []
  const loader = new FrameLoader(
    {
      load: (frame, signal) =>
        new Promise<Picture>((resolve, reject) => {
          const bitmap = { width: 10, height: 1, close: () => closed.push(frame) }
          const picture: Picture = { kind: 'ready', bitmap: bitmap as unknown as ImageBitmap }
          asked.set(frame, { signal, give: () => resolve(picture) })
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
        }),
    },
    budgetBytes,
  )
  const give = async (frame: number) => {
    asked.get(frame)?.give()
    await settle()
  }
  return { loader, asked, closed, give }
}

describe('the frame loader', () => {
  test('cancels look-ahead nobody wants any more', async () => {
    const { loader, asked, give } = makeLoader()
    const first = loader.get(0)
    await give(0)
    await first
    loader.lookAround(0, 1, range)
    await settle()
    expect(asked.get(1)?.signal.aborted).toBe(false)
    loader.get(50).catch(() => undefined)
    expect(asked.get(1)?.signal.aborted).toBe(true)
    expect(asked.get(50)?.signal.aborted).toBe(false)
  })

  test('asks once for a frame that is both looked ahead to and wanted', async () => {
    const { loader, asked, give } = makeLoader()
    loader.lookAround(0, 1, range)
    const waiting = asked.get(1)
    const wanted = loader.get(1)
    expect(asked.get(1)).toBe(waiting)
    await give(1)
    await expect(wanted).resolves.toMatchObject({ kind: 'ready' })
    expect(loader.peek(1)).toBeDefined()
  })

  test('closes bitmaps that leave the budget, never the one on screen', async () => {
    const { loader, closed, give } = makeLoader(2 * 40)
    for (const frame of [0, 1, 2, 3]) {
      const loaded = loader.get(frame)
      await give(frame)
      await loaded
      if (frame === 0) loader.lookAround(0, 1, { start: 0, stop: 0 })
    }
    expect(closed).toEqual([1, 2])
    expect(loader.peek(0)).toBeDefined()
  })
})

test('forgets what had no picture, keeps the rest', async () => {
  const bitmap = { width: 1, height: 1, close: () => undefined } as unknown as ImageBitmap
  const problem = { code: 'FRAME_MISSING', message: '', remedy: '' }
  const loader = new FrameLoader({
    load: async (frame): Promise<Picture> =>
      frame === 1 ? { kind: 'problem', problem } : { kind: 'ready', bitmap },
  })
  await loader.get(0)
  await loader.get(1)
  loader.forgetProblems()
  expect([loader.peek(0)?.kind, loader.peek(1)]).toEqual(['ready', undefined])
})
