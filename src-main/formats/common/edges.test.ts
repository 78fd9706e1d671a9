import { expect, test } from 'vitest'
import { labelSchema } from '#shared/domain/label.ts'
import { edgesByName, numberedEdges } from './edges.ts'

const joints = ['head', 'hand', 'foot']

test.each([
  [
    'counted from 1',
    [
      [1, 2],
      [3, 1],
    ],
    [
      ['head', 'hand'],
      ['foot', 'head'],
    ],
  ],
  [
    'counted from 0',
    [
      [0, 1],
      [2, 0],
    ],
    [
      ['head', 'hand'],
      ['foot', 'head'],
    ],
  ],
  [
    'to a joint there is not',
    [
      [1, 2],
      [3, 4],
    ],
    [['head', 'hand']],
  ],
  ['to itself', [[2, 2]], []],
  ['pairs that are none', [[1], 'x', null, [1, 2.5], [1, 2, 3]], []],
  ['no list', { a: 1 }, []],
])('bones %s', (_name, pairs, expected) => {
  expect(edgesByName(joints, pairs)).toEqual(expected)
})

test('bones of a label are numbered by its joints, in their order, from 1', () => {
  const node = (n: number, name: string) =>
    `<circle data-type="element node" data-node-id="${n}" data-label-name="${name}" cx="${n}" cy="1"/>`
  const plain = { color: '#000000', attributes: [], svg: null }
  const label = labelSchema.parse({
    ...{ ...plain, id: 1, name: 'sk', type: 'skeleton' },
    // Drawn in another order than the label has its joints.
    svg: `<line data-type="edge" data-node-from="1" data-node-to="3"/>${node(1, 'foot')}${node(2, 'hand')}${node(3, 'head')}`,
    sublabels: joints.map((name, i) => ({ ...plain, id: i + 2, name, type: 'points' })),
  })
  expect(numberedEdges(label)).toEqual([[3, 1]])
  expect(edgesByName(joints, numberedEdges(label))).toEqual([['foot', 'head']])
})
