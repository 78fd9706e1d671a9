import { distinctLabelColor } from '#shared/domain/distinct-color.ts'
import type { LabelType } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'

export type AddResult =
  | { readonly labels: RawLabel[]; readonly problem: null }
  | { readonly labels: null; readonly problem: 'duplicate' | 'empty' | 'long' }

/** CVAT's limit. */
const LONGEST = 64

/** The colour a label is shown with: its own, or the one it is offered. */
export function colorOf(label: RawLabel, all: readonly RawLabel[]): string {
  if (label.color) return label.color
  const used = all.map((other) => other.color).filter((color) => color !== undefined)
  return distinctLabelColor(label.name, used)
}

/** Add a label at the end; unless one was chosen, its colour is CVAT's for the name or, beside a twin, another. */
export function addLabel(
  labels: readonly RawLabel[],
  input: { readonly name: string; readonly type: LabelType; readonly color: string | null },
): AddResult {
  const name = input.name.trim()
  if (name === '') return { labels: null, problem: 'empty' }
  if (name.length > LONGEST) return { labels: null, problem: 'long' }
  if (labels.some((label) => label.name === name)) return { labels: null, problem: 'duplicate' }
  const label: RawLabel = { name, type: input.type, attributes: [] }
  const color = input.color ?? colorOf(label, labels)
  return { labels: [...labels, { ...label, color }], problem: null }
}
