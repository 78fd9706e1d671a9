import { expect, test } from 'vitest'
import { taskOnScreen } from './task-on-screen.ts'

test.each([
  ['/tasks/7/annotate', { id: 7, isOpen: true }],
  ['/tasks/7/jobs/2', { id: 7, isOpen: true }],
  ['/tasks/7', { id: 7, isOpen: false }],
  ['/tasks', null],
  ['/models', null],
])('on %s', (path, task) => expect(taskOnScreen(path)).toEqual(task))
