/** A line of a YOLO label file: the label's number, then numbers relative to the picture's size. */
import { decimalAt } from './decimal-text.ts'

/** Says what is wrong with a line, as a clause, and does not come back. */
export type Refuse = (problem: string) => never

/**
 * The name a label number stands for. Numbers may be written as floats (`0.0`), as training tools read them.
 * @param names  by number; they need not be without gaps
 */
export function labelNameOf(
  field: string,
  names: ReadonlyMap<number, string>,
  refuse: Refuse,
): string {
  const number = decimalAt(field, 0, field.length)
  if (!Number.isInteger(number) || number < 0) refuse(`"${field}" is not a label number`)
  const name = names.get(number)
  if (name !== undefined) return name
  const numbers = [...names.keys()]
  const known = `which has ${names.size} names${numbers.length > 0 ? `, numbers ${Math.min(...numbers)} to ${Math.max(...numbers)}` : ''}`
  return refuse(`label number ${field} is not in the list, ${known}`)
}
