import { expect, test } from 'vitest'
import { taskToImportInto } from './annotation-drop.ts'

test.each([
  ['/tasks/7', ['coco.json'], 7],
  ['/tasks/7/annotate', ['Annotations.XML'], 7],
  ['/tasks/12/jobs/3', ['gt.txt'], 12],
  ['/tasks/7/annotate', ['street.jpg'], null],
  ['/tasks/7/annotate', ['pictures.zip'], null],
  ['/tasks/7/annotate', ['a.json', 'b.json'], null],
  ['/tasks', ['coco.json'], null],
  ['/projects/7', ['coco.json'], null],
  ['/tasks/7', [], null],
])('on %s a drop of %j goes to task %s', (page, names, task) => {
  expect(taskToImportInto(page, names)).toBe(task)
})
