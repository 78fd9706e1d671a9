import { expect, test } from 'vitest'
import { dashOptions } from './options.ts'

test.each([
  ['underscores in names become dashes', ['--segment_size', '5'], ['--segment-size', '5']],
  ['values keep theirs', ['--subset=my_train'], ['--subset=my_train']],
  ['arguments keep theirs', ['my_task', 'a_b.jpg'], ['my_task', 'a_b.jpg']],
  ['after -- all is an argument', ['--', '--a_b'], ['--', '--a_b']],
])('%s', (_name, argv, expected) => expect(dashOptions(argv)).toEqual(expected))
