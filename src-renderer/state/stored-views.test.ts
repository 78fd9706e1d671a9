import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import { plainView } from './journal.ts'
import { packViews, unpackViews } from './stored-views.ts'

const view = fc.record({ locked: fc.boolean(), hidden: fc.boolean(), pinned: fc.boolean() })
const id = fc.maxSafeNat().map((number) => number as AnnotationId)

test('views come back as they were kept; plain ones need no keeping', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(id, view)), (entries) => {
      const views = new Map(entries)
      const back = unpackViews(packViews(7 as TaskId, views))
      for (const [one, kept] of views) expect(back.get(one) ?? plainView).toEqual(kept)
      for (const kept of back.values()) expect(kept).not.toEqual(plainView)
    }),
  )
})

test('a task never looked at has none', () => {
  expect(unpackViews(undefined).size).toBe(0)
})
