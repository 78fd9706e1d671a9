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

/** A picture of 40 bytes. */
function ready(close: () => void, exact = true): Picture {
  const bitmap = { width: 10, height: 1, close } as unknown as ImageBitmap
  return { kind: 'ready', bitmap, width: 10, height: 1, exact }
}

function makeLoader(budgetBytes = 4 * 100) {
  const asked = new Map<number, { signal: AbortSignal; give: () => void }>()
  const closed: number[] = []
  const loader = new FrameLoader(
    {
      load: (frame, signal) =>
        new Promise<Picture>((resolve, reject) => {
          const picture = ready(() => closed.push(frame))
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
    const { loader, closed, give } = makeLoader(120)
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
  const problem = { code: 'FRAME_MISSING', message: '', remedy: '' }
  const loader = new FrameLoader({
    load: async (frame): Promise<Picture> =>
      frame === 1 ? { kind: 'problem', problem } : ready(() => undefined),
  })
  await loader.get(0)
  await loader.get(1)
  loader.forgetProblems()
  expect([loader.peek(0)?.kind, loader.peek(1)]).toEqual(['ready', undefined])
})

/** Counts the bitmaps that are open. */
function countingLoader() {
  const open = new Set<string>()
  const asked: string[] = []
  let made = 0
  const loader = new FrameLoader(
    {
      load: async (frame, signal, pace) => {
        asked.push(`${pace} ${frame}`)
        await settle()
        signal.throwIfAborted()
        made += 1
        const name = `${pace} ${frame} ${made}`
        open.add(name)
        return ready(() => open.delete(name), pace === 'exact')
      },
    },
    1000,
  )
  return { loader, open, asked }
}

describe('stand-ins', () => {
  test('show a frame soon, and are no answer to who wants the exact picture', async () => {
    const { loader, asked } = countingLoader()
    expect(await loader.getQuick(7)).toMatchObject({ exact: false })
    expect(loader.peek(7)).toBeUndefined()
    expect(await loader.get(7)).toMatchObject({ exact: true })
    expect(await loader.getQuick(7)).toMatchObject({ exact: true })
    expect(asked).toEqual(['quick 7', 'exact 7'])
  })

  test('an exact picture that came the quick way counts as exact', async () => {
    const loader = new FrameLoader({ load: async () => ready(() => undefined) })
    await loader.getQuick(3)
    expect(loader.peek(3)).toMatchObject({ exact: true })
  })
})

test('playing prepares frames in order and cancels nothing', async () => {
  const { loader, asked, give } = makeLoader(4000)
  loader.prepare(0, [1, 2, 3, 4], 'play')
  expect([...asked.keys()]).toEqual([1, 2, 3])
  loader.prepare(5, [6, 7], 'play')
  await give(1)
  expect(asked.get(2)?.signal.aborted).toBe(false)
  expect([...asked.keys()]).toEqual([1, 2, 3, 6])
})

test('what was good enough to play is replaced by the exact picture as soon as the person rests', async () => {
  const paces: string[] = []
  const loader = new FrameLoader({
    load: async (frame, _signal, pace) => {
      paces.push(`${frame} ${pace}`)
      return ready(() => undefined, pace === 'exact')
    },
  })
  loader.prepare(0, [1, 2], 'play')
  await settle()
  expect(loader.peek(1)).toBeUndefined()
  expect(loader.peekAny(1)).toMatchObject({ exact: false })
  expect(await loader.get(1)).toMatchObject({ exact: true })
  expect(loader.peekAny(1)).toMatchObject({ exact: true })
  expect(paces).toEqual(['1 play', '2 play', '1 exact'])
})

test.each([
  ['exact pictures have the room of those', 'exact', (400 - 100) / 40 - 1],
  ['stand-ins have their own', 'play', 100 / 40 - 1],
] as const)('while playing %s', async (_name, pace, expected) => {
  const load = async () => ready(() => undefined, pace === 'exact')
  const loader = new FrameLoader({ load }, 400)
  loader.prepare(0, [1], pace)
  await settle()
  expect(loader.roomToPlay).toBe(Math.floor(expected))
})

test('however a video is watched, no bitmap is left open', async () => {
  const { loader, open } = countingLoader()
  let most = 0
  for (let round = 0; round < 300; round += 1) {
    const frame = (round * 37) % 100
    // The document asks like this: some waits are given up, some are for stand-ins, and it plays between.
    const [waits, quick] = [loader.get(frame), loader.getQuick((frame + 3) % 100)]
    loader.get((frame + 50) % 100).catch(() => undefined)
    loader.lookAround(frame, round % 2 ? 1 : -1, range)
    loader.prepare(frame, [frame + 1, frame + 2], 'play')
    await Promise.allSettled([waits, quick])
    most = Math.max(most, open.size)
  }
  // 1000 bytes hold 25 pictures; those under way come on top.
  expect(most).toBeLessThanOrEqual(25 + 5)
  loader.getQuick(1).catch(() => undefined)
  loader.get(98).catch(() => undefined)
  loader.close()
  await settle()
  await settle()
  expect([...open]).toEqual([])
})
