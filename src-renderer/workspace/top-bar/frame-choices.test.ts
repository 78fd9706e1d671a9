import { expect, test } from 'vitest'
import { frameChoices } from './frame-choices.ts'

const range = { start: 2, stop: 40 }
const found = [
  { index: 1, name: 'cam/12.jpg' },
  { index: 5, name: 'cam/x12.jpg' },
  { index: 12, name: 'cam/30.jpg' },
  { index: 20, name: 'cam/12b.jpg' },
  { index: 50, name: '12c.jpg' },
]
const frames = (text: string) =>
  frameChoices(text, range, undefined, found).map(({ frame }) => frame)

test('a number is the frame of that number, then names that hold it, beginning ones first', () => {
  expect(frames('12')).toEqual([12, 20, 5])
})

test('a number beyond the job is its last or first frame', () => {
  expect([frames('999'), frames('0')[0]]).toEqual([[40], 2])
})

test('with zeros before it, it is a piece of a name first', () => {
  const files = [3, 4].map((index) => ({ index, name: `frame_00${index}.png` }))
  const choices = frameChoices('004', range, undefined, files)
  expect(choices).toEqual([{ frame: 4, name: 'frame_004.png' }])
  expect(frameChoices('00', range, undefined, files).map(({ frame }) => frame)).toEqual([3, 4, 2])
})

test('a text is a part of a name, whatever its case', () => {
  expect(frames('X12')).toEqual([5])
  expect(frames('12B')).toEqual([20])
})

test('nothing typed means nothing, and a name nobody has finds none', () => {
  expect([frames(''), frames('zebra')]).toEqual([[], []])
})

test('the frame of the number is shown with its name once that is known', () => {
  const [first] = frameChoices('12', range, { index: 12, name: 'cam/30.jpg' }, [])
  expect(first).toEqual({ frame: 12, name: 'cam/30.jpg' })
})
