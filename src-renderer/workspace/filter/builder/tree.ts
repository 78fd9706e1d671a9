import {
  type Filter,
  group,
  type Literal,
  type Operator,
  type Property,
  type Rule,
  type Value,
} from '#shared/filter/filter.ts'

/** A rule as it is being made: what it is compared with may still be missing. */
export interface RuleNode {
  readonly kind: 'rule'
  readonly id: number
  readonly property: Property
  readonly operator: Operator
  /** One for a comparison, two for a range, any number for a list, none for emptiness. */
  readonly operands: readonly (Value | null)[]
}

export interface GroupNode {
  readonly kind: 'group'
  readonly id: number
  readonly not: boolean
  readonly join: 'all' | 'any'
  readonly children: readonly Node[]
}

/**
 * What the builder shows. Unlike a filter it may be unfinished: groups of one or none, rules without a value. The
 * functions below answer another tree and leave the one given alone.
 */
export type Node = RuleNode | GroupNode

/** Where something goes: before the child that is at `index` now. */
export interface Place {
  readonly groupId: number
  readonly index: number
}

let lastId = 0

export function newRule(
  property: Property,
  operator: Operator,
  operands: RuleNode['operands'],
): RuleNode {
  lastId += 1
  return { kind: 'rule', id: lastId, property, operator, operands }
}

export function newGroup(
  children: readonly Node[] = [],
  join: 'all' | 'any' = 'all',
  not = false,
): GroupNode {
  lastId += 1
  return { kind: 'group', id: lastId, not, join, children }
}

/** A filter taken apart for the builder; its outermost node is always a group. */
export function treeOf(filter: Filter | null): GroupNode {
  if (!filter) return newGroup()
  const node = nodeOf(filter)
  return node.kind === 'group' ? node : newGroup([node])
}

function nodeOf(filter: Filter): Node {
  switch (filter.kind) {
    case 'rule':
      return newRule(filter.property, filter.operator, operandsOf(filter))
    case 'not': {
      const inside = nodeOf(filter.of)
      if (inside.kind === 'group' && !inside.not) return { ...inside, not: true }
      return newGroup([inside], 'all', true)
    }
    case 'all':
    case 'any':
      return newGroup(filter.of.map(nodeOf), filter.kind)
  }
}

function operandsOf(rule: Rule): readonly Value[] {
  if ('values' in rule) return rule.values
  if ('low' in rule) return [rule.low, rule.high]
  return 'value' in rule ? [rule.value] : []
}

/** The filter of what is finished; null when nothing is. */
export function filterOf(node: Node): Filter | null {
  if (node.kind === 'rule') return ruleOf(node)
  const of = node.children.map(filterOf).filter((member) => member !== null)
  const inside = group(node.join, of)
  return inside && node.not ? { kind: 'not', of: inside } : inside
}

/** null while something is missing. */
export function ruleOf({ property, operator, operands }: RuleNode): Rule | null {
  const given = operands.filter((operand) => operand !== null)
  const [first, second] = given
  switch (operator) {
    case 'is empty':
    case 'is not empty':
      return { kind: 'rule', property, operator }
    case 'in':
    case 'not in': {
      const values = given.filter((value): value is Literal => typeof value !== 'object')
      return values.length > 0 ? { kind: 'rule', property, operator, values } : null
    }
    case 'between':
    case 'not between':
      if (first === undefined || second === undefined) return null
      return { kind: 'rule', property, operator, low: first, high: second }
    default:
      return first === undefined ? null : { kind: 'rule', property, operator, value: first }
  }
}

export function findNode(tree: Node, id: number): Node | null {
  if (tree.id === id) return tree
  if (tree.kind === 'rule') return null
  return tree.children.map((child) => findNode(child, id)).find((found) => found !== null) ?? null
}

/** Where a node is; null for the outermost group and for what is not there. */
export function placeOf(tree: Node, id: number): Place | null {
  if (tree.kind === 'rule') return null
  const index = tree.children.findIndex((child) => child.id === id)
  if (index >= 0) return { groupId: tree.id, index }
  return tree.children.map((child) => placeOf(child, id)).find((found) => found !== null) ?? null
}

export function update<T extends Node>(
  tree: GroupNode,
  id: number,
  change: (node: T) => T,
): GroupNode {
  const visit = (node: Node): Node => {
    if (node.id === id) return change(node as T)
    return node.kind === 'rule' ? node : { ...node, children: node.children.map(visit) }
  }
  return visit(tree) as GroupNode
}

export function insert(tree: GroupNode, { groupId, index }: Place, node: Node): GroupNode {
  return update<GroupNode>(tree, groupId, (into) => ({
    ...into,
    children: into.children.toSpliced(index, 0, node),
  }))
}

export function remove(tree: GroupNode, id: number): GroupNode {
  const place = placeOf(tree, id)
  if (!place) return tree
  return update<GroupNode>(tree, place.groupId, (from) => ({
    ...from,
    children: from.children.filter((child) => child.id !== id),
  }))
}

/** Take a node along to another place. A group does not go into itself. */
export function move(tree: GroupNode, id: number, to: Place): GroupNode {
  const node = findNode(tree, id)
  const from = placeOf(tree, id)
  if (!node || !from || findNode(node, to.groupId)) return tree
  const isBehind = from.groupId === to.groupId && from.index < to.index
  return insert(remove(tree, id), { ...to, index: to.index - (isBehind ? 1 : 0) }, node)
}

/**
 * One step up or down in the order of reading, for the keyboard: past a rule, into a group that is next, out of the group
 * around at its ends. At the very top or bottom nothing happens.
 */
export function shift(tree: GroupNode, id: number, by: 1 | -1): GroupNode {
  const from = placeOf(tree, id)
  const around = from && findNode(tree, from.groupId)
  if (!from || around?.kind !== 'group') return tree
  const neighbour = around.children[from.index + by]
  if (neighbour?.kind === 'group')
    return move(tree, id, {
      groupId: neighbour.id,
      index: by === 1 ? 0 : neighbour.children.length,
    })
  if (neighbour)
    return move(tree, id, { groupId: around.id, index: from.index + (by === 1 ? 2 : -1) })
  const outside = placeOf(tree, around.id)
  return outside ? move(tree, id, { ...outside, index: outside.index + (by === 1 ? 1 : 0) }) : tree
}
