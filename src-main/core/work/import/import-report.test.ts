import { expect, test } from 'vitest'
import { ReportMaker } from './import-report.ts'

test('a file of a million kinds of nonsense is told in a few lines, and nothing of it is uncounted', () => {
  const report = new ReportMaker()
  for (let i = 0; i < 5000; i += 1) {
    report.miss(`${i} ${'x'.repeat(5000)}`)
    report.note(`objects with the unknown label "${i}" were left out`)
  }
  report.note('objects with the unknown label "0" were left out', 2)
  const { unmatched, unmatchedCount, notes } = report.finish()
  expect([unmatchedCount, unmatched.length]).toEqual([5000, 1000])
  expect(Math.max(...unmatched.map((name) => name.length))).toBeLessThan(2000)
  expect(notes).toHaveLength(201)
  expect(notes[0]).toBe('3 objects with the unknown label "0" were left out')
  expect(notes.at(-1)).toBe('4800 more things, of kinds that are not named here')
})
