import { expect, it } from 'vitest'
import { type Followed, isNewTo, textWithTracker } from './followed.ts'

const mil: Followed = {
  tracker: {
    id: 'opencv/tracker-mil',
    name: 'TrackerMIL',
    description: '',
    shapeTypes: ['rectangle'],
  },
  isOn: true,
  state: null,
  left: null,
}

it.each([
  ['beside its own text', 'car 7', mil, 'car 7 · TrackerMIL'],
  ['alone where texts are off', '', mil, 'TrackerMIL'],
  ['not while it is switched off', 'car 7', { ...mil, isOn: false }, 'car 7'],
  ['not for what nobody leads', 'car 7', undefined, 'car 7'],
])('a followed object names its tracker: %s', (_what, text, followed, shown) => {
  expect(textWithTracker(text, followed)).toBe(shown)
})

it.each([
  ['what it has never seen', mil, [0, 0, 4, 4], true],
  ['what lies where it left it', { ...mil, state: 's', left: [0, 0, 4, 4] }, [0, 0, 4, 4], false],
  ['what was moved since', { ...mil, state: 's', left: [0, 0, 4, 4] }, [1, 0, 5, 4], true],
  ['what nobody leads', undefined, [0, 0, 4, 4], true],
])('a tracker begins anew with %s', (_what, followed, points, isNew) => {
  expect(isNewTo(followed, points)).toBe(isNew)
})
