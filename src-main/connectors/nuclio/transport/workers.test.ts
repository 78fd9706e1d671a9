import { expect, test } from 'vitest'
import { createWorkers } from './workers.ts'

test('people come before the queue, in the order they asked', async () => {
  const workers = createWorkers(1)
  const order: string[] = []
  const work = async (name: string, lane: 'now' | 'batch') => {
    const release = await workers.take(lane)
    order.push(name)
    release()
  }
  const release = await workers.take('batch')
  const all = [
    work('first of the queue', 'batch'),
    work('second of the queue', 'batch'),
    work('a person', 'now'),
    work('another person', 'now'),
  ]
  expect(order).toEqual([])
  release()
  await Promise.all(all)
  expect(order).toEqual(['a person', 'another person', 'first of the queue', 'second of the queue'])
})

test('who gives up while waiting takes nobody’s place', async () => {
  const workers = createWorkers(1)
  const release = await workers.take('now')
  const stop = new AbortController()
  const given = workers.take('now', stop.signal)
  const next = workers.take('now')
  stop.abort()
  await expect(given).rejects.toMatchObject({ kind: 'cancelled' })
  await expect(workers.take('now', stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  release()
  ;(await next)()
  expect(await workers.take('batch')).toBeTypeOf('function')
})

test('letting go twice frees one place', async () => {
  const workers = createWorkers(1)
  const release = await workers.take('now')
  release()
  release()
  await workers.take('now')
  let taken = false
  void workers.take('now').then(() => {
    taken = true
  })
  await Promise.resolve()
  expect(taken).toBe(false)
})
