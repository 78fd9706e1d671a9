import { expect, test } from 'vitest'
import type { SkeletonElement } from './annotation.ts'
import type { AttributeId, LabelId } from './ids.ts'
import type { Sublabel } from './label.ts'
import {
  completeJoints,
  isOccludedByJoints,
  jointsInBox,
  relabelJoints,
  skeletonTemplate,
} from './skeleton.ts'
import { writeSkeletonSvg } from './skeleton-svg.ts'

const joint = (id: number, name: string): Sublabel => {
  return { id: id as LabelId, name, color: '#112233', type: 'points', attributes: [], svg: null }
}
const sublabels = [joint(11, 'a'), joint(12, 'b'), joint(13, 'c')]
const svg = writeSkeletonSvg({
  nodes: [
    { x: 60, y: 30, name: 'c' },
    { x: 20, y: 30, name: 'a' },
    { x: 40, y: 80, name: 'b' },
  ],
  edges: [
    [1, 2],
    [2, 0],
  ],
})
const label = { svg, sublabels }

test('nodes and edges go by the sublabels, not by the order of the drawing', () => {
  const { nodes, edges } = skeletonTemplate(label)
  expect(nodes.map(({ x, y }) => [x, y])).toEqual([
    [20, 30],
    [40, 80],
    [60, 30],
  ])
  expect(edges).toEqual([
    [0, 1],
    [1, 2],
  ])
})

test.each([null, '', '<script/>'])('an SVG %j gives joints on a circle', (broken) => {
  const { nodes, edges } = skeletonTemplate({ svg: broken, sublabels })
  expect(nodes.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(3)
  expect(edges).toEqual([])
})

test('the template fills the box that is drawn', () => {
  const joints = jointsInBox(label, { x1: 100, y1: 50, x2: 200, y2: 150 })
  expect(joints.map(({ labelId, points }) => [labelId, points])).toEqual([
    [11, [100, 50]],
    [12, [150, 150]],
    [13, [200, 50]],
  ])
})

const at = (id: number, x: number, y: number): SkeletonElement => {
  return { labelId: id as LabelId, points: [x, y], occluded: true, outside: false, attributes: [] }
}

test('joints come in the order of the sublabels; what is missing is there as outside', () => {
  const complete = completeJoints(label, [at(13, 30, 10), at(11, 10, 20)])
  expect(complete.map(({ labelId, outside }) => [labelId, outside])).toEqual([
    [11, false],
    [12, true],
    [13, false],
  ])
  expect(complete[2]).toEqual(at(13, 30, 10))
  expect(complete[1]?.points).toEqual([20, 20])
})

test('a complete list is given back as it is', () => {
  const joints = [at(11, 0, 0), at(12, 1, 1), at(13, 2, 2)]
  expect(completeJoints(label, joints)).toBe(joints)
})

test.each([
  ['all occluded', [at(11, 0, 0)], true],
  ['one seen whole', [at(11, 0, 0), { ...at(12, 0, 0), occluded: false }], false],
  [
    'all but an outside one',
    [at(11, 0, 0), { ...at(12, 0, 0), occluded: false, outside: true }],
    true,
  ],
  ['no joint to be seen', [{ ...at(11, 0, 0), outside: true }], false],
])('a skeleton of %s', (_name, joints, occluded) =>
  expect(isOccludedByJoints(joints)).toBe(occluded),
)

test('joints go over to a label by their names', () => {
  const other = { svg, sublabels: [joint(23, 'c'), joint(21, 'a'), joint(22, 'b')] }
  const joints = [{ ...at(11, 1, 2), attributes: [{ specId: 5 as AttributeId, value: 'x' }] }]
  expect(relabelJoints(label, other, joints)).toEqual([at(21, 1, 2)])
  expect(relabelJoints(label, { svg, sublabels: [joint(21, 'a')] }, joints)).toBeNull()
})
