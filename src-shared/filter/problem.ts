/** What is wrong with the text of a filter, and where. `column` counts from 1; `length` characters from there are meant. */
export interface FilterProblem {
  readonly column: number
  readonly length: number
  readonly expected: Expected
  /** What the sentence names: the words typed, the values there are. */
  readonly words: Readonly<Record<string, string>>
}

/** What would have been right, as sentences without a full stop. `{{word}}` is filled in. */
export const expectations = {
  rule: 'a rule is expected here, such as label == "car"',
  'known-property': 'there is no property “{{name}}”; there are {{known}}',
  'attribute-name': 'the name of an attribute is expected here, such as attr["color"]',
  operator: 'an operator is expected after {{property}}, such as == or >',
  'fitting-operator': '{{property}} cannot be compared with “{{operator}}”; it takes {{known}}',
  value: 'a value is expected here, such as "car" or 40',
  number: 'a number, or a property that is one, is expected for {{property}}',
  truth: 'true or false is expected for {{property}}',
  choice: '{{property}} is one of {{known}}',
  list: 'a list is expected here, such as ["car", "bus"]',
  'list-end': 'a comma or ] is expected here',
  'range-and': '“and” and the upper end are expected here, as in between 1 and 5',
  interval: 'an interval is expected here, such as [0,0.5] or (0,0.5]',
  connective: '“and”, “or” or the end is expected here',
  closing: 'this bracket is never closed',
  quote: 'this quote is never closed',
  'about-frames': '“{{name}}” is said of frames, not of objects, so no object can match it',
  'too-long': 'a filter has at most {{most}} characters',
  'too-deep': 'brackets and “not” may be at most {{most}} deep',
} as const
export type Expected = keyof typeof expectations

/** In English, for the command line and logs; the page has its own words under the same keys. */
export function describeProblem({ expected, words }: FilterProblem): string {
  return expectations[expected].replace(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '')
}

/** Thrown inside the parser only; its door answers the problem as a value. */
export class FilterRefused extends Error {
  override readonly name = 'FilterRefused'
  readonly problem: FilterProblem

  constructor(problem: FilterProblem) {
    super(describeProblem(problem))
    this.problem = problem
  }
}
