import { expect, test } from 'vitest'
import { refuseEndless } from './session.ts'

test.each<[number[], boolean]>([
  [[1, 84, 8400], false],
  [[100, 1, 2000, 2500], false],
  [[1, 6, 500_000_000], true],
  [[1, 0, 500_000_000], false],
])('an output of %j is endless: %s', (dims, isEndless) => {
  const look = () => refuseEndless('odd', 'output0', dims)
  if (isEndless) expect(look).toThrow(`output0 [${dims.join(', ')}] has more numbers`)
  else expect(look).not.toThrow()
})
