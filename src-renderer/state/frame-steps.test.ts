import { expect, test } from 'vitest'
import { FrameMarks } from '#shared/operations/frame-marks.ts'
import { frameStep } from './frame-steps.ts'

const marks = FrameMarks.of({ deleted: [1], checked: [1, 2] })

test('marks only the frames that are not so yet, and keeps their other facts', () => {
  expect(frameStep('delete-frame', [1, 2, 3], marks)).toEqual({
    title: { key: 'delete-frame', count: 2 },
    frame: 2,
    operations: [
      {
        kind: 'frame',
        frame: 2,
        before: { deleted: false, checked: true },
        after: { deleted: true, checked: true },
      },
      {
        kind: 'frame',
        frame: 3,
        before: { deleted: false, checked: false },
        after: { deleted: true, checked: false },
      },
    ],
  })
})

test('is no step when nothing would change', () => {
  expect(frameStep('check-frame', [1, 2], marks)).toBeNull()
})
