import { z } from 'zod'
import { fieldNames } from './fields.ts'

/** Longer texts and deeper trees are refused: no person writes them, and everything here may then recurse safely. */
export const MOST_CHARACTERS = 10_000
export const MOST_LEVELS = 32

/** What a rule is about. An attribute without a label is any attribute of that name. */
const propertySchema = z.union([
  z.object({ field: z.enum(fieldNames) }),
  z.object({ attribute: z.string(), label: z.string().nullable() }),
])
export type Property = z.infer<typeof propertySchema>

const literalSchema = z.union([z.string(), z.number(), z.boolean()])
export type Literal = z.infer<typeof literalSchema>

/** The other side of a comparison: a value, or another property ("width > height"). */
const valueSchema = z.union([literalSchema, propertySchema])
export type Value = z.infer<typeof valueSchema>

/**
 * `==` and `!=` are exact; `is` and `is not` compare texts without minding case, as do the three that look for a part.
 * Every negated operator is the exact opposite of its positive one, for what has no such property as well.
 */
export const comparisons = [
  '==',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'is',
  'is not',
  'like',
  'starts with',
  'ends with',
] as const
export type Comparison = (typeof comparisons)[number]

const ruleSchema = z.union([
  z.object({
    kind: z.literal('rule'),
    property: propertySchema,
    operator: z.enum(comparisons),
    value: valueSchema,
  }),
  z.object({
    kind: z.literal('rule'),
    property: propertySchema,
    operator: z.enum(['in', 'not in']),
    values: z.array(literalSchema),
  }),
  z.object({
    kind: z.literal('rule'),
    property: propertySchema,
    operator: z.enum(['between', 'not between']),
    /** Both ends belong to the range. */
    low: valueSchema,
    high: valueSchema,
  }),
  z.object({
    kind: z.literal('rule'),
    property: propertySchema,
    operator: z.enum(['is empty', 'is not empty']),
  }),
])
export type Rule = z.infer<typeof ruleSchema>
export type Operator = Rule['operator']

export type Filter =
  | Rule
  | { readonly kind: 'not'; readonly of: Filter }
  /** At least two: a group of one is its only member. */
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }

const nodeSchema: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    ruleSchema,
    z.object({ kind: z.literal('not'), of: nodeSchema }),
    z.object({ kind: z.enum(['all', 'any']), of: z.array(nodeSchema).min(2) }),
  ]),
)

/** A filter from anywhere. Depth is looked at first, without recursion: what is nested too deep is refused, not followed. */
export const filterSchema = z
  .unknown()
  .refine((value) => levelsOf(value) <= MOST_LEVELS, 'nested too deep')
  .pipe(nodeSchema)

/** How deep a tree is, 1 for a rule; more than MOST_LEVELS is not counted on. */
export function levelsOf(tree: unknown): number {
  let level: unknown[] = [tree]
  for (let depth = 1; depth <= MOST_LEVELS; depth += 1) {
    level = level.flatMap(membersOf)
    if (level.length === 0) return depth
  }
  return MOST_LEVELS + 1
}

function membersOf(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null || !('of' in node)) return []
  return Array.isArray(node.of) ? node.of : [node.of]
}

export function isField(value: Value | undefined): value is Property {
  return typeof value === 'object'
}

/** Every rule of a filter, in order of writing. */
export function rulesOf(filter: Filter): Rule[] {
  if (filter.kind === 'rule') return [filter]
  return filter.kind === 'not' ? rulesOf(filter.of) : filter.of.flatMap(rulesOf)
}

/** Every property a rule looks at: its own, and those it is compared with. */
export function propertiesOf(rule: Rule): Property[] {
  const others =
    'value' in rule ? [rule.value] : 'low' in rule ? [rule.low, rule.high] : ([] as Value[])
  return [rule.property, ...others.filter(isField)]
}

/** Members side by side under one connective; one alone needs none, none at all is null. */
export function group(kind: 'all' | 'any', of: readonly Filter[]): Filter | null {
  const [first, second] = of
  if (!first) return null
  return second ? { kind, of } : first
}
