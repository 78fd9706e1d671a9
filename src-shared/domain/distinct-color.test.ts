import { expect, test } from 'vitest'
import { distinctLabelColor, instanceColors } from './distinct-color.ts'

test('the first label has CVAT’s colour for its name', () => {
  expect(distinctLabelColor('cat', [])).toBe('#6080c0')
})

test('a colour far from those in use is kept', () => {
  expect(distinctLabelColor('person', ['#2080c0'])).toBe('#c06060')
})

test('a near twin of one in use gives way to a strong colour', () => {
  const color = distinctLabelColor('cat', ['#2080c0'])
  expect(color).not.toBe('#6080c0')
  expect(instanceColors).toContain(color)
})

test('labels added one after the other differ, more than there are colours', () => {
  const used: string[] = []
  for (let at = 0; at < 60; at += 1) used.push(distinctLabelColor(`label ${at}`, used))
  expect(new Set(used).size).toBe(60)
})
