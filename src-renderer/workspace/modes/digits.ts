import type { Label } from '#shared/domain/label.ts'

export const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const
export type Digit = (typeof digits)[number]

/**
 * Which digit stands for which label: what the person chose, and for the digits left over the remaining labels in order.
 * The same table serves Ctrl+digit, the digits while drawing and the digits of the tag workspace.
 */
export function digitsOf(
  labels: readonly Label[],
  chosen: Readonly<Record<string, string>>,
): ReadonlyMap<Digit, Label> {
  const table = new Map<Digit, Label>()
  for (const label of labels) {
    const digit = digits.find((one) => one === chosen[label.id])
    if (digit && !table.has(digit)) table.set(digit, label)
  }
  const taken = new Set([...table.values()].map((label) => label.id))
  const rest = labels.filter((label) => !taken.has(label.id))
  for (const digit of digits) {
    if (table.has(digit)) continue
    const label = rest.shift()
    if (label) table.set(digit, label)
  }
  return table
}
