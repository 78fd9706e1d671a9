import { expect, test } from 'vitest'
import { exportFileName } from './export-file-name.ts'

test.each([
  ['street north', 'COCO 1.0', 'street north - COCO 1.0.zip'],
  ['a/b\\c: "d"?', 'YOLO 1.1', 'a_b_c_ _d__ - YOLO 1.1.zip'],
  ['街 🚗', 'COCO 1.0', '街 🚗 - COCO 1.0.zip'],
])('%s as %s', (task, format, expected) =>
  expect(exportFileName(task, format, 'zip')).toBe(expected),
)

test('a very long name is cut, its ending is not', () => {
  const name = exportFileName('x'.repeat(500), 'COCO 1.0', 'zip')
  expect(name.length).toBe(124)
  expect(name.endsWith('.zip')).toBe(true)
})
