import type { AttributeSpec } from '#shared/domain/label.ts'

/** Keys 0 to 9, as CVAT's attribute annotation has them: 0 is the first value. */
const MOST_VALUES = 10

/** Values that have a key, in the order of their keys. */
export function keyedValues(spec: AttributeSpec): readonly string[] {
  switch (spec.inputType) {
    case 'checkbox':
      return ['false', 'true']
    case 'select':
    case 'radio':
      return spec.values.slice(0, MOST_VALUES)
    case 'number':
      return numbersOf(spec.values)
    case 'text':
      return []
  }
}

/** The first ten numbers of a range that is short enough to have a key each; none for a longer one, which is typed. */
function numbersOf([min = '', max = '', step = '']: readonly string[]): readonly string[] {
  const [least, most, by] = [Number(min), Number(max), Number(step)]
  const count = Math.floor((most - least) / by + 1e-9) + 1
  if (!(count >= 1 && count <= MOST_VALUES)) return []
  return Array.from({ length: count }, (_, at) => String(least + at * by))
}
