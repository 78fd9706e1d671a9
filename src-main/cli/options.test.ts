import { expect, test } from 'vitest'
import { dashOptions, numberRanges } from './options.ts'

test.each([
  ['underscores in names become dashes', ['--segment_size', '5'], ['--segment-size', '5']],
  ['values keep theirs', ['--subset=my_train'], ['--subset=my_train']],
  ['arguments keep theirs', ['my_task', 'a_b.jpg'], ['my_task', 'a_b.jpg']],
  ['after -- all is an argument', ['--', '--a_b'], ['--', '--a_b']],
])('%s', (_name, argv, expected) => expect(dashOptions(argv)).toEqual(expected))

test.each([
  [['7'], [7]],
  [
    ['3', '0-2'],
    [3, 0, 1, 2],
  ],
  [['5-5'], [5]],
])('frames %j', (texts, expected) =>
  expect(texts.reduce((all: number[], text) => numberRanges(text, all), [])).toEqual(expected),
)

test.each(['', '-1', '2-1', '1-', '1.5', '0-99999999999', 'x'])(
  '%j is no range of frames',
  (text) => expect(() => numberRanges(text)).toThrow('0-99'),
)
