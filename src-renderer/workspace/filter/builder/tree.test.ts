import { describe, expect, test } from 'vitest'
import { parseFilter } from '#shared/filter/parser.ts'
import { printFilter } from '#shared/filter/print.ts'
import {
  filterOf,
  type GroupNode,
  insert,
  move,
  type Node,
  newGroup,
  newRule,
  remove,
  shift,
  treeOf,
  update,
} from './tree.ts'

function read(text: string): GroupNode {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(text)
  return treeOf(parsed.filter)
}
const text = (tree: GroupNode) => {
  const filter = filterOf(tree)
  return filter ? printFilter(filter) : ''
}

test.each([
  '',
  'label == "a"',
  'not (label == "a")',
  'not (not (label == "a"))',
  'label == "a" and width > 4',
  'not (label == "a" or (width > 4 and not (height < 3)))',
  'width between 1 and height and label in ["a", "b"] and score is empty',
  '(label == "a" and width > 1) and height > 1',
])('%s goes through the builder unchanged', (filter) => expect(text(read(filter))).toBe(filter))

const rule = (width: number | null) => newRule({ field: 'width' }, '==', [width])

test('what is unfinished is left out, however deep', () => {
  const tree = newGroup([
    rule(1),
    rule(null),
    newGroup([newGroup([rule(null)])]),
    newGroup([rule(2)], 'any', true),
  ])
  expect(text(tree)).toBe('width == 1 and not (width == 2)')
  expect(filterOf(newGroup([newGroup()], 'all', true))).toBeNull()
  expect(filterOf(newGroup([newRule({ field: 'width' }, 'in', [])]))).toBeNull()
  expect(filterOf(newGroup([newRule({ field: 'width' }, 'between', [1, null])]))).toBeNull()
})

describe('1, (2, (3)), 4', () => {
  const [one, two, three, four] = [rule(1), rule(2), rule(3), rule(4)] as const
  const inner = newGroup([three])
  const middle = newGroup([two, inner])
  const tree = newGroup([one, middle, four])
  const shape = (node: Node): unknown =>
    node.kind === 'rule' ? node.operands[0] : node.children.map(shape)

  test.each<[string, GroupNode, unknown]>([
    ['a rule to the end', move(tree, one.id, { groupId: tree.id, index: 3 }), [[2, [3]], 4, 1]],
    ['a rule to where it is', move(tree, one.id, { groupId: tree.id, index: 1 }), [1, [2, [3]], 4]],
    ['a rule into a group', move(tree, four.id, { groupId: inner.id, index: 0 }), [1, [2, [4, 3]]]],
    [
      'a group out of its group',
      move(tree, inner.id, { groupId: tree.id, index: 0 }),
      [[3], 1, [2], 4],
    ],
    [
      'a group into itself stays',
      move(tree, middle.id, { groupId: inner.id, index: 0 }),
      [1, [2, [3]], 4],
    ],
    ['the outermost stays', move(tree, tree.id, { groupId: inner.id, index: 0 }), [1, [2, [3]], 4]],
    ['down into the next group', shift(tree, one.id, 1), [[1, 2, [3]], 4]],
    ['up into the group before', shift(tree, four.id, -1), [1, [2, [3], 4]]],
    ['up past a rule', shift(shift(tree, four.id, -1), inner.id, -1), [1, [[3], 2, 4]]],
    ['down out of a group', shift(tree, three.id, 1), [1, [2, [], 3], 4]],
    ['up out of a group', shift(tree, two.id, -1), [1, 2, [[3]], 4]],
    ['up at the very top stays', shift(tree, one.id, -1), [1, [2, [3]], 4]],
    ['down at the very bottom stays', shift(tree, four.id, 1), [1, [2, [3]], 4]],
    ['removed', remove(tree, middle.id), [1, 4]],
    ['inserted', insert(tree, { groupId: middle.id, index: 1 }, rule(9)), [1, [2, 9, [3]], 4]],
    ['changed', update(tree, three.id, () => rule(7)), [1, [2, [7]], 4]],
  ])('%s', (_name, changed, expected) => expect(shape(changed)).toEqual(expected))

  test('a step down and a step up are one another undone, wherever both are possible', () => {
    for (const node of [one, two, three, inner]) {
      const down = shift(tree, node.id, 1)
      expect(shape(shift(down, node.id, -1))).toEqual(shape(tree))
    }
  })
})
