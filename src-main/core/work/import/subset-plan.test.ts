import { expect, test } from 'vitest'
import type { ArchivePicture } from '../media/archive-pictures.ts'
import { SubsetPlan } from './subset-plan.ts'

const pictures = (...entries: string[]): ArchivePicture[] =>
  entries.map((entry) => ({
    ...{ width: 4, height: 3 },
    scanned: { name: entry, entry, sourceIndex: 0, offset: null, sizeBytes: 1, mtimeMs: null },
  }))

/** `subset: names of frames` of each task. */
function planned(plan: SubsetPlan, taken: readonly string[] = []): string[] {
  const { tasks } = plan.tasks((entry) => !taken.includes(entry))
  return tasks.map(({ subset, frames }) => `${subset}: ${frames.map(({ name }) => name).join(' ')}`)
}

test('pictures go to the subsets that list them, under the names the file gives them', () => {
  const plan = new SubsetPlan(pictures('img/x/a.png', 'img/x/b.png', 'img/c.png'))
  plan.list(0, 'x/a', 'train')
  plan.list(1, 'b.png', 'val')
  plan.list(2, 'c', 'train')
  expect(planned(plan)).toEqual(['train: c.png x/a.png', 'val: b.png'])
})

test('of several lists the smallest is meant', () => {
  const plan = new SubsetPlan(pictures('a.png', 'b.png', 'c.png'))
  for (const [picture, name] of ['a', 'b', 'c'].entries()) plan.list(picture, name, 'trainval')
  plan.list(0, 'a', 'train')
  plan.list(1, 'b', 'train')
  plan.list(2, 'c', 'val')
  expect(planned(plan)).toEqual(['train: a.png b.png', 'val: c.png'])
})

test('what no list has goes where its folders say', () => {
  const plan = new SubsetPlan(
    pictures('images/train/a.png', 'images/val/b.png', 'images/val/deep/c.png'),
  )
  plan.list(0, 'a', 'train')
  expect(planned(plan)).toEqual(['train: a.png', 'val: b.png deep/c.png'])
})

test('or to the only subset there is, or is left out and counted', () => {
  const one = new SubsetPlan(pictures('a.png', 'images/b.png'))
  one.list(0, 'a')
  expect(planned(one)).toEqual(['default: a.png b.png'])
  const two = new SubsetPlan(pictures('a.png', 'b.png', 'c.png'))
  two.list(0, 'a', 'train')
  two.list(1, 'b', 'val')
  expect(two.tasks(() => true).leftOut).toBe(1)
})

test('what the reader took for annotations is no picture', () => {
  const plan = new SubsetPlan(pictures('a.png', 'mask/a.png'))
  plan.list(0, 'a')
  expect(planned(plan, ['mask/a.png'])).toEqual(['default: a.png'])
})

test('no two frames have one name', () => {
  const plan = new SubsetPlan(pictures('x/a.png', 'y/a.png'))
  plan.list(0, 'a')
  plan.list(1, 'a')
  expect(planned(plan)).toEqual(['default: x/a.png y/a.png'])
})
