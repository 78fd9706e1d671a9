import { afterEach, expect, test } from 'vitest'
import { createReader, type Reader } from './reader.ts'

const bytes = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
let reader: Reader
afterEach(() => reader.close())

test('what is long is read on a thread, and says the same', async () => {
  const size = { width: 100, height: 100 }
  const answer = bytes({ mask: [Array(5).fill(1), Array(5).fill(255)], bounds: [1, 2, 5, 3] })
  const box = { label: 'a', type: 'rectangle', points: [1, 2, 30, 40] }
  const said = []
  for (const shortBytes of [1e9, 0]) {
    reader = createReader(shortBytes)
    said.push([
      await reader.read('interact', { size }, answer),
      await reader.read('detect', { labels: [], size }, bytes([box])),
      await reader.read('begin', { count: 1 }, bytes({ shapes: [], states: [{ a: 1 }] })),
      await reader.read('match', { count: 2, most: 1 }, bytes([0, -1])),
      await reader
        .read('detect', { labels: [], size }, bytes([{ ...box, points: ['1'] }]))
        .catch((error: unknown) => error),
    ])
    if (shortBytes > 0) await reader.close()
  }
  expect(said[0]?.[0]).toMatchObject({ mask: [0, 10, 1, 2, 5, 3] })
  expect(said[0]?.[4]).toMatchObject({ where: 'object 1, points' })
  expect(said[1]).toEqual(said[0])
})

test('who waits when the thread ends is told', async () => {
  reader = createReader(0)
  const asked = reader.read('begin', { count: 1 }, bytes(`[${'1,'.repeat(2_000_000)}1]`))
  await Promise.all([
    expect(asked).rejects.toMatchObject({ problem: expect.any(String) as string }),
    reader.close(),
  ])
})
