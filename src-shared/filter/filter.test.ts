import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotationFields } from './fields.ts'
import {
  type Filter,
  filterSchema,
  type Literal,
  levelsOf,
  MOST_LEVELS,
  type Property,
  type Value,
} from './filter.ts'
import { parseFilter } from './parser.ts'
import { printFilter } from './print.ts'

function canonical(text: string): string {
  const parsed = parseFilter(text)
  if (!parsed.ok) return `${parsed.problem.expected} at ${parsed.problem.column}`
  return parsed.filter ? printFilter(parsed.filter) : ''
}

test.each([
  ['nothing', '  ', ''],
  ['the manual', 'label=="Person"', 'label == "Person"'],
  ['the issue', 'label == "car" and width > 40', 'label == "car" and width > 40'],
  [
    'words in any case',
    'LABEL == "a" AND NOT (Width > 4 OR height<3)',
    'label == "a" and not (width > 4 or height < 3)',
  ],
  [
    'signs for words',
    'width>1 && !(height>2 || area>3)',
    'width > 1 and not (height > 2 or area > 3)',
  ],
  [
    'what binds stronger gets brackets',
    'width > 1 or width < 0 and height > 2',
    'width > 1 or (width < 0 and height > 2)',
  ],
  [
    'brackets stay groups',
    '(width > 1 and width < 9) and area > 3',
    '(width > 1 and width < 9) and area > 3',
  ],
  ['brackets round one thing go', '((width > 1))', 'width > 1'],
  ['lists', 'label in [\'a\', "b"]', 'label in ["a", "b"]'],
  ['not in', 'shape not in [polygon, Mask]', 'shape not in ["polygon", "mask"]'],
  ['empty', 'score is empty', 'score is empty'],
  ['not empty', 'attr["color"] IS NOT EMPTY', 'attr["color"] is not empty'],
  ['between', 'width between 1 and 5 and height > 2', 'width between 1 and 5 and height > 2'],
  ['not between, by comma', 'width not between 1, height', 'width not between 1 and height'],
  ['like', 'label like "ar"', 'label like "ar"'],
  ['not like', 'label not contains "ar"', 'not (label like "ar")'],
  [
    'starts and ends',
    'label starts with "a" or label ends with "z"',
    'label starts with "a" or label ends with "z"',
  ],
  ['a field for a value', 'width >= Height', 'width >= height'],
  ['an attribute', "attr['my colour'] = 'red'", 'attr["my colour"] == "red"'],
  ['an attribute with a dot', 'attr.color == red', 'attr["color"] == "red"'],
  ["a label's attribute", 'car.color == "red"', 'car.color == "red"'],
  [
    "a label's attribute in quotes",
    '"police car"."plate" != truck.plate',
    '"police car".plate != truck.plate',
  ],
  ['a label of a reserved name', '"label"."and" == 1', '"label"."and" == 1'],
  ['a label with a letter of its own', 'łódź.größe > 1.50', 'łódź.größe > 1.5'],
  [
    'true and false',
    'occluded == TRUE or attr.parked != false',
    'occluded == true or attr["parked"] != false',
  ],
  [
    'choices are words',
    'type == Track and source == semi-auto',
    'type == "track" and source == "semi-auto"',
  ],
  ['a text without quotes', 'label == car', 'label == "car"'],
  ['a number as a label', 'label == 7', 'label == "7"'],
  ['quotes within quotes', 'label == "a\\"b\\\\c"', 'label == "a\\"b\\\\c"'],
  ['numbers of all kinds', 'width > -1.5e2 and score <= .5', 'width > -150 and score <= 0.5'],
  ['ignoring case', 'label is "CAR" or label is not "bus"', 'label is "CAR" or label is not "bus"'],
  ['the other spelling of unequal', 'width <> 3', 'width != 3'],
])('%s', (_name, text, expected) => expect(canonical(text)).toBe(expected))

test.each([
  ['label::car', 'label is "car"'],
  ['label::traffic light and gid::3', 'label is "traffic light" and group == 3'],
  ['LABEL::"a and b"', 'label is "a and b"'],
  ['type::rectangle', 'shape == "rectangle"'],
  ['type::linestrip', 'shape == "polyline"'],
  ['type::circle', 'shape == "ellipse"'],
  ['type::rotation', 'shape == "rectangle" and rotation != 0'],
  ['type::quadrilateral', 'shape == "polygon" and points == 4'],
  ['score::[0,0.5]', 'score between 0 and 0.5'],
  ['score::(0,0.6]', 'score > 0 and score <= 0.6'],
  ['score::[0.1,0.6) or gid::0', '(score >= 0.1 and score < 0.6) or group == 0'],
  ['difficult::1', 'attr["difficult"] == true'],
  ['difficult::false', 'attr["difficult"] != true'],
  ['description::yes', 'attr["description"] is not empty'],
  ['description::0', 'attr["description"] is empty'],
  ['shape::1', 'type != "tag"'],
  ['checked::1', 'about-frames at 1'],
  ['type::blob', 'choice at 7'],
  ['score::0.5', 'interval at 8'],
  ['what::1', 'known-property at 1'],
  ['label::', 'value at 8'],
])("X-AnyLabeling's %s", (text, expected) => expect(canonical(text)).toBe(expected))

test.each([
  ['label', 'operator at 6'],
  ['label ==', 'value at 9'],
  ['heigth > 4', 'known-property at 1'],
  ['width > "a"', 'number at 9'],
  ['width > label', 'number at 9'],
  ['width like "4"', 'fitting-operator at 7'],
  ['occluded == 1', 'truth at 13'],
  ['type == "car"', 'choice at 9'],
  ['label in "a"', 'list at 10'],
  ['label in ["a" "b"]', 'list-end at 15'],
  ['label in [attr.x]', 'value at 11'],
  ['width between 1 or 2', 'range-and at 17'],
  ['label == "a" label == "b"', 'connective at 14'],
  ['(width > 1', 'closing at 1'],
  ['(width > 1 height > 2)', 'connective at 12'],
  ['width > 1)', 'connective at 10'],
  ['label == "a', 'quote at 10'],
  ['width > 1 and', 'rule at 14'],
  ['and', 'rule at 1'],
  ['attr[] == 1', 'attribute-name at 6'],
  ['attr["a" == 1', 'list-end at 10'],
  ['car. == 1', 'attribute-name at 6'],
  ['label starts "a"', 'operator at 7'],
  ['width > 1e999', 'value at 9'],
  ['# == 1', 'rule at 1'],
])('%j is refused where it goes wrong', (text, expected) => expect(canonical(text)).toBe(expected))

test.each([
  ['brackets', `${'('.repeat(1000)}width > 1`, 'too-deep at 66'],
  ['negations', `${'not '.repeat(1000)}width > 1`, 'too-deep at 261'],
  ['characters', ' '.repeat(20_000), 'too-long at 10001'],
])('too many %s are refused', (_name, text, expected) => expect(canonical(text)).toBe(expected))

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('car', 'and', 'label', 'Police car', 'a.b', '', 'größe', 'true', '"', '\\', "'"),
)
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n))
const attribute = fc.record({ attribute: word, label: fc.option(word) })
const fieldsOf = (kind: string) =>
  fc
    .constantFrom(...Object.entries(annotationFields).filter(([, spec]) => spec.kind === kind))
    .map(([name, spec]) => ({ property: { field: name } as Property, spec }))

const kind = 'rule' as const
type Shown = {
  property: Property
  literal: Literal
  value: Value
  isNumber: boolean
  isTruth: boolean
}
const numeric: fc.Arbitrary<Shown> = fc
  .record({
    field: fieldsOf('number'),
    literal: number,
    other: fieldsOf('number'),
    pick: fc.boolean(),
  })
  .map(({ field, literal, other, pick }) => ({
    property: field.property,
    literal,
    value: pick ? literal : other.property,
    isNumber: true,
    isTruth: false,
  }))
const textual: fc.Arbitrary<Shown> = fc
  .record({ literal: word, other: attribute, pick: fc.boolean(), own: fc.option(attribute) })
  .map(({ literal, other, pick, own }) => ({
    property: own ?? { field: 'label' },
    literal,
    value: pick ? literal : other,
    isNumber: false,
    isTruth: false,
  }))
const truth: fc.Arbitrary<Shown> = fc.boolean().map((literal) => ({
  property: { field: 'occluded' },
  literal,
  value: literal,
  isNumber: false,
  isTruth: true,
}))
const choice: fc.Arbitrary<Shown> = fieldsOf('choice').chain(({ property, spec }) =>
  fc.constantFrom(...((spec as { choices?: readonly string[] }).choices ?? [])).map((literal) => ({
    property,
    literal,
    value: literal,
    isNumber: false,
    isTruth: false,
  })),
)

const rule: fc.Arbitrary<Filter> = fc
  .oneof(numeric, textual, truth, choice)
  .chain(({ property, literal, value, isNumber, isTruth }) => {
    const simple = fc.constantFrom('==' as const, '!=' as const)
    const either = isNumber
      ? fc.constantFrom(
          '==' as const,
          '!=' as const,
          '>' as const,
          '>=' as const,
          '<' as const,
          '<=' as const,
        )
      : isTruth
        ? simple
        : fc.constantFrom(
            '==' as const,
            '!=' as const,
            'is' as const,
            'is not' as const,
            'like' as const,
            'starts with' as const,
            'ends with' as const,
          )
    const rules: fc.Arbitrary<Filter>[] = [
      either.map((operator) => ({ kind, property, operator, value })),
      fc
        .constantFrom('is empty' as const, 'is not empty' as const)
        .map((operator) => ({ kind, property, operator })),
    ]
    if (!isTruth)
      rules.push(
        fc
          .constantFrom('in' as const, 'not in' as const)
          .map((operator) => ({ kind, property, operator, values: [literal, literal] })),
      )
    if (isNumber)
      rules.push(
        fc
          .constantFrom('between' as const, 'not between' as const)
          .map((operator) => ({ kind, property, operator, low: literal, high: value })),
      )
    return fc.oneof(...rules)
  })

/** Any filter over annotations a person could have built. */
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    rule,
    tie('filter').map((of): Filter => ({ kind: 'not', of })),
    fc
      .record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
      })
      .map((node): Filter => node),
  ),
}))

test('what is printed is read back as the very same filter', () => {
  fc.assert(
    fc.property(filter, (tree) => {
      const text = printFilter(tree)
      fc.pre(text.length < 10_000)
      expect(parseFilter(text)).toEqual({ ok: true, filter: tree })
    }),
    { numRuns: 1000 },
  )
})

test('any text is read or refused at a place within it, and nothing is thrown', () => {
  const soup = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          'label',
          '==',
          '"a"',
          '(',
          ')',
          'and',
          'not',
          'in',
          '[',
          ']',
          ',',
          '.',
          '::',
          '5',
          'attr',
          'is',
          'between',
          "'",
        ),
        { maxLength: 30 },
      )
      .map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(soup, (text) => {
      const parsed = parseFilter(text)
      if (parsed.ok) return
      expect(parsed.problem.column).toBeGreaterThanOrEqual(1)
      expect(parsed.problem.column).toBeLessThanOrEqual(text.length + 1)
    }),
    { numRuns: 2000 },
  )
})

test('a stored filter is itself again', () => {
  fc.assert(
    fc.property(filter, (tree) => {
      expect(filterSchema.parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree)
    }),
  )
})

test('what is nested too deep is refused, by the text and by the schema, without a crash', () => {
  let nested: unknown = { kind: 'rule', property: { field: 'score' }, operator: 'is empty' }
  for (let i = 1; i < MOST_LEVELS; i += 1) nested = { kind: 'not', of: nested }
  expect(filterSchema.safeParse(nested).success).toBe(true)
  expect(parseFilter(printFilter(nested as Filter)).ok).toBe(true)
  for (let i = 0; i < 100_000; i += 1) nested = { kind: 'not', of: nested }
  expect(levelsOf(nested)).toBe(MOST_LEVELS + 1)
  expect(filterSchema.safeParse(nested).success).toBe(false)
})
