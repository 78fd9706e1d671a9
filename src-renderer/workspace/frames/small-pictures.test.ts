import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SmallPictures } from './small-pictures.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function shelf() {
  const asked: string[] = []
  const aborted: string[] = []
  const answers = new Map<string, { done(): void; fail(): void }>()
  const revoked: string[] = []
  const pictures = new SmallPictures({
    urls: {
      createObjectURL: (blob) => `blob:${(blob as Blob).size}`,
      revokeObjectURL: (url) => void revoked.push(url),
    },
    load: (address, signal) =>
      new Promise((resolve, reject) => {
        asked.push(address)
        signal.addEventListener('abort', () => {
          aborted.push(address)
          reject(new Error('aborted'))
        })
        answers.set(address, {
          done: () => resolve(new Blob([address])),
          fail: () => reject(new Error('404')),
        })
      }),
  })
  const answer = async (address: string, how: 'done' | 'fail') => {
    answers.get(address)?.[how]()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { pictures, asked, aborted, answer, revoked }
}
const nothing = () => undefined

test('the newest wish comes first, four at once', async () => {
  const { pictures, asked, answer } = shelf()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) pictures.want(name, nothing)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['f', 'e', 'd', 'c'])
  await answer('e', 'done')
  expect(asked.at(-1)).toBe('b')
  expect(pictures.peek('e')).toEqual({ url: 'blob:1' })
})

test('what leaves before it was asked for is never asked for, and what leaves later is cancelled', async () => {
  const { pictures, asked, aborted } = shelf()
  pictures.want('a', nothing)()
  const stop = pictures.want('b', nothing)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['b'])
  stop()
  await vi.advanceTimersByTimeAsync(0)
  expect(aborted).toEqual(['b'])
  expect(pictures.peek('b')).toBeUndefined()
})

test('wanted again right after it was cancelled, it comes', async () => {
  const { pictures, asked, answer } = shelf()
  const stop = pictures.want('a', nothing)
  await vi.advanceTimersByTimeAsync(100)
  stop()
  pictures.want('a', nothing)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['a', 'a'])
  await answer('a', 'done')
  expect(pictures.peek('a')).toEqual({ url: 'blob:1' })
})

test('wanted twice it is asked for once, and both are told', async () => {
  const { pictures, asked, answer } = shelf()
  const told: string[] = []
  const stop = pictures.want('a', () => told.push('first'))
  await vi.advanceTimersByTimeAsync(100)
  pictures.want('a', () => told.push('second'))
  stop()
  await answer('a', 'done')
  expect([asked, told]).toEqual([['a'], ['second']])
})

test('a broken one says so, and is tried again when it is wanted again', async () => {
  const { pictures, asked, answer } = shelf()
  pictures.want('a', nothing)
  await vi.advanceTimersByTimeAsync(100)
  await answer('a', 'fail')
  expect(pictures.peek('a')).toBe('broken')
  pictures.want('a', nothing)
  await vi.advanceTimersByTimeAsync(100)
  await answer('a', 'done')
  expect([asked.length, pictures.peek('a')]).toEqual([2, { url: 'blob:1' }])
})
