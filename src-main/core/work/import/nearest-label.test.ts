import { expect, test } from 'vitest'
import { nearestName } from './nearest-label.ts'

const known = ['car', 'traffic light', 'Person', 'bus', 'bicycle']

test.each([
  ['Car', 'car'],
  ['traffic_light', 'traffic light'],
  ['TrafficLight', 'traffic light'],
  ['person', 'Person'],
  ['bycicle', 'bicycle'],
  ['cars', 'car'],
  ['cat', 'car'],
  ['buss', 'bus'],
  ['aeroplane', null],
  ['dog', null],
  ['', null],
])('%j is most like %j', (name, expected) => expect(nearestName(name, known)).toBe(expected))
