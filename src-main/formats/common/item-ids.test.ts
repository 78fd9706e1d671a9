import { expect, test } from 'vitest'
import type { DatasetFrame } from '#main/core/ports.ts'
import { frames } from '../testkit/sample.ts'
import { createItemIds } from './item-ids.ts'

test('pictures that differ in nothing but their extension have ids of their own, subset by subset', () => {
  const idOf = createItemIds()
  const frame = (index: number, fileName: string, subset = 'default') =>
    ({ ...frames[0], index, fileName, name: fileName, subset }) as DatasetFrame
  const asked = [
    frame(0, 'x/a.jpg'),
    frame(1, 'x/a.png'),
    frame(2, 'a.v1.jpg'),
    frame(3, 'x/a.jpg', 'val'),
  ]
  const ids = ['x/a', 'x/a.png', 'a.v1', 'x/a']
  expect(asked.map(idOf)).toEqual(ids)
  expect(asked.map(idOf)).toEqual(ids)
})
