import { expect, it } from 'vitest'
import { type Followed, textWithTracker } from './followed.ts'

const mil: Followed = {
  tracker: {
    id: 'opencv/tracker-mil',
    name: 'TrackerMIL',
    description: '',
    shapeTypes: ['rectangle'],
  },
  isOn: true,
  state: null,
}

it.each([
  ['beside its own text', 'car 7', mil, 'car 7 · TrackerMIL'],
  ['alone where texts are off', '', mil, 'TrackerMIL'],
  ['not while it is switched off', 'car 7', { ...mil, isOn: false }, 'car 7'],
  ['not for what nobody leads', 'car 7', undefined, 'car 7'],
])('a followed object names its tracker: %s', (_what, text, followed, shown) => {
  expect(textWithTracker(text, followed)).toBe(shown)
})
