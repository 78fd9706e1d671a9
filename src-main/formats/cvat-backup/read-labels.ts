import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Refuse } from './refuse.ts'

/**
 * Labels of a backup as our own. CVAT's keys that mean nothing here are left out; a skeleton whose drawing cannot be read
 * keeps its joints, which then stand on a circle.
 * @param note  gets a sentence for each of those
 * @throws BACKUP_INVALID
 */
export function readLabels(
  labels: readonly unknown[],
  refuse: Refuse,
  note: (sentence: string) => void = () => undefined,
): RawLabel[] {
  const list = labels.map((label) => cleaned(label, ['svg', 'sublabels']))
  for (;;) {
    try {
      return parseRawLabels(list)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'LABELS_INVALID') throw error
      const { where, problem } = error.params as { where: string; problem: string }
      const [, at] = /^labels\[(\d+)\]\.svg$/.exec(where) ?? []
      const bare = at === undefined ? undefined : list[Number(at)]
      if (!isObject(bare) || !('svg' in bare)) return refuse(where, problem, error)
      const { svg: _svg, ...rest } = bare
      list[Number(at)] = rest
      note(`The drawing of the skeleton "${String(bare.name)}" cannot be read: ${problem}.`)
    }
  }
}

const LABEL_KEYS = ['name', 'color', 'type', 'attributes']
const ATTRIBUTE_KEYS = ['name', 'input_type', 'mutable', 'values', 'default_value']

/** Whatever is of another form stays as it is: the labels' own parser says what is wrong with it. */
function cleaned(label: unknown, more: readonly string[] = []): unknown {
  if (!isObject(label)) return label
  const { attributes, sublabels, ...rest } = picked(label, [...LABEL_KEYS, ...more])
  return {
    ...rest,
    ...(attributes === undefined ? {} : { attributes: each(attributes, cleanedAttribute) }),
    // CVAT gives every label a list of them; only a skeleton's means something.
    ...(Array.isArray(sublabels) && sublabels.length > 0
      ? { sublabels: each(sublabels, (one) => cleaned(one)) }
      : {}),
  }
}

function cleanedAttribute(attribute: unknown): unknown {
  if (!isObject(attribute)) return attribute
  const { values, ...rest } = picked(attribute, ATTRIBUTE_KEYS)
  if (values === undefined) return rest
  return { ...rest, values: typeof values === 'string' ? values.split('\n') : values }
}

function each(list: unknown, clean: (one: unknown) => unknown): unknown {
  return Array.isArray(list) ? list.map(clean) : list
}

/** The keys that are there and not null. */
function picked(object: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const known = Object.entries(object).filter(
    ([key, value]) => keys.includes(key) && value !== null,
  )
  return Object.fromEntries(known)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
