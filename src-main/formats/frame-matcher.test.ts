import { expect, test } from 'vitest'
import { createFrameMatcher } from './frame-matcher.ts'

const framesOf = (...names: string[]) =>
  names.map((name, index) => ({
    ...{ index, absolute: index + 100, name, fileName: name, subset: 'default' },
    ...{ width: 1, height: 1 },
  }))

const nested = framesOf('root/a/1x.jpg', 'root/b/1x.jpg', 'root/b/Two.PNG', 'root/v1.2.jpg')
const numbered = framesOf('000000.jpg', '000005.jpg', '000007.jpg')
const video = framesOf('frame_000000', 'frame_000001')
const twins = framesOf('x/cat.jpg', 'y/cat.jpg', 'z/dog.jpg', 'z/dog.png')
const single = framesOf('only.jpg', 'other.jpg')

test.each([
  ['the exact name', nested, 'root/b/Two.PNG', undefined, 2],
  ['another extension', nested, 'root/b/Two.jpg', undefined, 2],
  ['no extension', nested, 'root/a/1x', undefined, 0],
  ['a dot that is no extension', nested, 'root/v1.2', undefined, 3],
  ['frame 0, which is a match like any other', single, 'only', undefined, 0],
  ['backslashes and a leading ./', nested, '.\\root\\b\\1x.jpg', undefined, 1],
  ['the common folder left out', nested, 'a/1x.jpg', undefined, 0],
  ['folders before ours', nested, 'images/train/root/b/1x.jpg', undefined, 1],
  ['another folder in the place of the common one', nested, 'images/b/1x.jpg', undefined, 1],
  ['a folder that contradicts ours', nested, 'root/c/1x.jpg', undefined, null],
  ['another case', nested, 'B/TWO.jpeg', undefined, 2],
  ['the base name alone, when it is unique', nested, 'two', undefined, 2],
  ['the base name alone, when it is not', nested, '1x.jpg', undefined, null],
  ['a name two frames share', twins, 'cat.jpg', undefined, null],
  ['a stem two frames share', twins, 'z/dog', undefined, null],
  ['one of two frames that share a stem, by its extension', twins, 'z/dog.png', undefined, 3],
  ['one of them as YOLO tells them apart', twins, 'z/dog.png.png', undefined, 3],
  ['a number the file gives', single, 'foreign.jpg', 1, 1],
  ['number 0', single, 'foreign.jpg', 0, 0],
  ['a number beyond the last', single, 'foreign.jpg', 2, null],
  ['a name before a number', single, 'other.jpg', 0, 1],
  ['a number as name', single, '0001', undefined, 1],
  ['a number as name, where frames are called by numbers', numbered, '000001.jpg', undefined, null],
  ['a video frame', video, 'frame_000001.PNG', undefined, 1],
  ['a video frame of a folder of pictures', single, 'frame_000001', undefined, 1],
  ['an unknown name', single, 'nobody.jpg', undefined, null],
  ['no name', single, '', undefined, null],
])('%s', (_name, frames, name, number, expected) => {
  expect(createFrameMatcher(() => frames).match(name, number)?.index ?? null).toBe(expected)
})

test('frames are listed once, and not before the first match', () => {
  let calls = 0
  const matcher = createFrameMatcher(() => {
    calls++
    return single
  })
  expect(calls).toBe(0)
  matcher.match('only')
  matcher.match('other')
  expect(calls).toBe(1)
})
