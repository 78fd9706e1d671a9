import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WeightedLru } from './weighted-lru.ts'

test('the least recently used leaves first, and is handed to drop', () => {
  const dropped: string[] = []
  const lru = new WeightedLru<string, number>(3, (_value, key) => dropped.push(key))
  lru.set('a', 1, 1)
  lru.set('b', 2, 1)
  lru.set('c', 3, 1)
  lru.get('a')
  lru.set('d', 4, 1)
  expect(dropped).toEqual(['b'])
})

test('what is pinned stays, however old', () => {
  const lru = new WeightedLru<string, number>(2)
  lru.set('shown', 1, 1)
  lru.pin('shown')
  lru.set('b', 2, 1)
  lru.set('c', 3, 1)
  expect([lru.has('shown'), lru.has('b'), lru.has('c')]).toEqual([true, false, true])
})

test('one entry heavier than the bound is kept while it is the newest', () => {
  const lru = new WeightedLru<string, number>(2)
  lru.set('small', 1, 1)
  lru.set('huge', 2, 10)
  expect([lru.has('small'), lru.has('huge')]).toEqual([false, true])
  lru.set('next', 3, 1)
  expect(lru.has('huge')).toBe(false)
})

test('the weight is the sum of what is kept and at most the bound', () => {
  const put = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }))
  fc.assert(
    fc.property(fc.array(put), (puts) => {
      const live = new Map<number, number>()
      const lru = new WeightedLru<number, number>(12, (_value, key) => live.delete(key))
      for (const [key, weight] of puts) {
        lru.set(key, weight, weight)
        live.set(key, weight)
      }
      expect(lru.weight).toBe([...live.values()].reduce((a, b) => a + b, 0))
      expect(lru.weight).toBeLessThanOrEqual(12)
      expect(lru.size).toBe(live.size)
    }),
  )
})
