import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { type AnnotationField, annotationFields, type FieldKind } from '#shared/filter/fields.ts'
import type { Operator, Property, Value } from '#shared/filter/filter.ts'
import { operatorsOf } from '#shared/filter/operators.ts'
import { newRule, type RuleNode } from './tree.ts'

/** What can be asked, in groups as the builder offers it. */
export interface PropertyGroup {
  /** `object`, `attributes` of any label, or a label's name. */
  readonly of:
    | { readonly kind: 'object' | 'attributes' }
    | { readonly kind: 'label'; readonly name: string }
  readonly properties: readonly Property[]
}

export function propertyGroups(labels: readonly Label[]): PropertyGroup[] {
  const fields = Object.keys(annotationFields) as AnnotationField[]
  const named = labels.filter((label) => label.attributes.length > 0)
  const names = new Set(named.flatMap((label) => label.attributes.map(({ name }) => name)))
  const anyLabel = [...names].map((attribute): Property => ({ attribute, label: null }))
  const perLabel = named.map(
    (label): PropertyGroup => ({
      of: { kind: 'label', name: label.name },
      properties: label.attributes.map(({ name }) => ({ attribute: name, label: label.name })),
    }),
  )
  return [
    { of: { kind: 'object' }, properties: fields.map((field) => ({ field })) },
    ...(anyLabel.length > 0 ? [{ of: { kind: 'attributes' } as const, properties: anyLabel }] : []),
    ...perLabel,
  ]
}

export function kindOf(property: Property): FieldKind | 'attribute' {
  if ('attribute' in property) return 'attribute'
  return annotationFields[property.field as AnnotationField]?.kind ?? 'text'
}

export function operatorsFor(property: Property): readonly Operator[] {
  return operatorsOf[kindOf(property)]
}

/** Attributes of this name on the labels meant: their values are what the editor offers. */
export function specsOf(property: Property, labels: readonly Label[]): AttributeSpec[] {
  if ('field' in property) return []
  return labels
    .filter(({ name }) => property.label === null || property.label === name)
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === property.attribute))
}

/** What a value may be chosen from; null where any text or number will do. */
export function choicesOf(property: Property, labels: readonly Label[]): readonly string[] | null {
  if ('attribute' in property) {
    const specs = specsOf(property, labels)
    const isListed = specs.every(({ inputType }) => inputType !== 'number' && inputType !== 'text')
    return specs.length > 0 && isListed ? [...new Set(specs.flatMap(({ values }) => values))] : null
  }
  if (property.field === 'label') return labels.map(({ name }) => name)
  const spec: { choices?: readonly string[] } | undefined =
    annotationFields[property.field as AnnotationField]
  return spec?.choices ?? null
}

/** True where a number is asked for: a numeric property, or an attribute that is compared by size. */
export function wantsNumber(
  property: Property,
  operator: Operator,
  labels: readonly Label[],
): boolean {
  const kind = kindOf(property)
  if (kind !== 'attribute') return kind === 'number'
  if (isPart(operator)) return false
  if (['>', '>=', '<', '<=', 'between', 'not between'].includes(operator)) return true
  const specs = specsOf(property, labels)
  return specs.length > 0 && specs.every(({ inputType }) => inputType === 'number')
}

/** Properties it makes sense to compare this one with; none where the other side can only be a value. */
export function comparableWith(
  property: Property,
  operator: Operator,
  labels: readonly Label[],
): Property[] {
  const kind = kindOf(property)
  if (kind === 'truth' || kind === 'choice') return []
  if (['in', 'not in', 'is empty', 'is not empty'].includes(operator)) return []
  return propertyGroups(labels)
    .flatMap(({ properties }) => properties)
    .filter((other) => {
      if (isSame(other, property)) return false
      const otherKind = kindOf(other)
      if (kind === 'attribute') return otherKind === 'attribute' || otherKind === 'number'
      return otherKind === kind || otherKind === 'attribute'
    })
}

export function isSame(a: Property, b: Property): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A rule to begin with: it already says something, so that one change makes it the one that is wanted. */
export function firstRule(labels: readonly Label[]): RuleNode {
  return newRule({ field: 'label' }, '==', [labels[0]?.name ?? null])
}

/** The rule about another property; operator and value stay where they fit. */
export function withProperty(
  rule: RuleNode,
  property: Property,
  labels: readonly Label[],
): RuleNode {
  const operators = operatorsFor(property)
  const operator = operators.includes(rule.operator) ? rule.operator : (operators[0] ?? '==')
  return withOperator({ ...rule, property, operands: [] }, operator, labels)
}

/** The rule with another operator; as many of its values as fit stay. */
export function withOperator(
  rule: RuleNode,
  operator: Operator,
  labels: readonly Label[],
): RuleNode {
  const { property } = rule
  const isNumber = wantsNumber(property, operator, labels)
  const isChoice = choicesOf(property, labels) !== null && !isPart(operator)
  const fitting = rule.operands.filter((operand) => {
    if (operand === null) return false
    if (typeof operand === 'object') return !isList(operator)
    return !isNumber || typeof operand === 'number'
  })
  const kept = fitting.map((operand) =>
    isPart(operator) && typeof operand !== 'object' ? String(operand) : operand,
  )
  const initial =
    kindOf(property) === 'truth'
      ? true
      : isChoice
        ? (choicesOf(property, labels)?.[0] ?? null)
        : null
  const at = (index: number): Value | null => kept[index] ?? initial
  return { ...rule, operator, operands: operandsFor(operator, kept, at) }
}

function operandsFor(
  operator: Operator,
  kept: readonly (Value | null)[],
  at: (index: number) => Value | null,
): readonly (Value | null)[] {
  if (operator === 'is empty' || operator === 'is not empty') return []
  if (isList(operator)) return kept
  return operator === 'between' || operator === 'not between' ? [at(0), at(1)] : [at(0)]
}

export function isList(operator: Operator): boolean {
  return operator === 'in' || operator === 'not in'
}

/** Operators that look for a part of a text, so that any text may be asked for. */
export function isPart(operator: Operator): boolean {
  return ['like', 'starts with', 'ends with', 'is', 'is not'].includes(operator)
}
