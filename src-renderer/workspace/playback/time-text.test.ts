import { expect, test } from 'vitest'
import { evenTimes } from './frame-times.ts'
import { formatTime, parseTime, timeMeant } from './time-text.ts'

test.each([
  [0, '0:00.000'],
  [83.5, '1:23.500'],
  [59.9996, '1:00.000'],
  [3723.04, '1:02:03.040'],
])('%d seconds are written %s', (seconds, text) => {
  expect(formatTime(seconds)).toBe(text)
})

test.each([
  ['1:23.5', 83.5],
  ['@83.5', 83.5],
  ['@83', 83],
  ['0:05', 5],
  ['90:00', 5400],
  ['1:02:03.04', 3723.04],
  ['1:23,5', 83.5],
  ['83', null],
  ['83.5', null],
  ['frame_0001', null],
  ['1:2:3:4', null],
  ['@', null],
])('%s means %s', (text, seconds) => {
  expect(parseTime(text)).toBe(seconds)
})

test('leads to the frame on screen then, inside the job', () => {
  const range = { start: 10, stop: 99 }
  expect(timeMeant('@1.01', evenTimes(25), range)).toBe(25)
  expect(timeMeant('@0', evenTimes(25), range)).toBe(10)
  expect(timeMeant('9:00', evenTimes(25), range)).toBe(99)
  expect(timeMeant('@1', null, range)).toBeNull()
})
