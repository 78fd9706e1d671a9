/** What a file's attributes are, found by a first look through it: which of them is the label. */
import type { DatasetInput, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import type { JsonObject } from '../common/json-values.ts'
import { readImages, type ViaHead, type ViaImage } from './images.ts'
import { LABEL_WORDS, OWN_WORDS } from './words.ts'

export interface Survey {
  readonly kind: ViaHead['kind']
  /** The region attribute that says what a region is; null: none does. */
  readonly label: string | null
  /** The pictures' attribute whose values are tags; null: none. */
  readonly tags: string | null
}

/** @returns null for a file that is none of VIA's. @throws DATASET_INVALID */
export async function surveyOf(
  input: DatasetInput,
  entry: string,
  { signal, labels }: Pick<ReadTarget, 'signal' | 'labels'>,
): Promise<Survey | null> {
  const head: { kind: ViaHead['kind'] | null; settings: JsonObject; attributes: JsonObject } = {
    ...{ kind: null, settings: {}, attributes: {} },
  }
  const [regionNames, fileNames] = [new Set<string>(), new Set<string>()]
  const known = new Set(labels.map(({ name }) => name))
  const fitting = new Set<string>()
  const pieces = readImages(input, entry, {
    head: (found) => void Object.assign(head, found),
    image({ regions, fileAttributes }: ViaImage) {
      for (const { attributes } of regions) {
        for (const [name, value] of Object.entries(attributes)) {
          regionNames.add(name)
          if (saidBy(value).some((one) => known.has(one))) fitting.add(name)
        }
      }
      for (const name in fileAttributes) fileNames.add(name)
    },
  })
  for await (const _ of pieces) throwIfCancelled(signal, 'The import')
  if (head.kind === null) return null
  const declared = kindsOf(head.attributes.region)
  const declaredOfFiles = kindsOf(head.attributes.file)
  return {
    kind: head.kind,
    label: labelAmong(regionNames, { declared, shown: shownLabel(head.settings), fitting }),
    tags: tagsAmong(fileNames, declaredOfFiles),
  }
}

/** A text, or what is ticked. */
function saidBy(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()]
  return Object.entries(objectIn(value)).flatMap(([name, isOn]) => (isOn === true ? [name] : []))
}

/** What VIA shows beside each region: where a person chose an attribute for that, it is the label. */
function shownLabel(settings: JsonObject): string | null {
  const image = objectIn(objectIn(settings.ui).image)
  return typeof image.region_label === 'string' ? image.region_label : null
}

function objectIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}

/** Attributes by name: `text`, `dropdown`, `radio`, `checkbox`. */
function kindsOf(declared: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(objectIn(declared)).map(([name, spec]) => [name, objectIn(spec).type]),
  )
}

function labelAmong(
  names: ReadonlySet<string>,
  {
    declared,
    shown,
    fitting,
  }: {
    readonly declared: ReadonlyMap<string, unknown>
    readonly shown: string | null
    /** Those with values that are labels here. */
    readonly fitting: ReadonlySet<string>
  },
): string | null {
  if (shown !== null && names.has(shown)) return shown
  // Where only one says what is a label here, that says more than how it is called.
  if (fitting.size === 1) return [...fitting][0] ?? null
  const named = wordAmong(names)
  if (named !== null) return named
  const others = [...names].filter((name) => !OWN_WORDS.has(name))
  if (others.length === 1) return others[0] ?? null
  const chosen = others.filter((name) => ['dropdown', 'radio'].includes(String(declared.get(name))))
  return chosen.length === 1 ? (chosen[0] ?? null) : null
}

/** Words of a caption are no tags: only what is named like a label, or the only attribute if it is chosen from a list. */
function tagsAmong(
  names: ReadonlySet<string>,
  declared: ReadonlyMap<string, unknown>,
): string | null {
  const named = wordAmong(names)
  if (named !== null) return named
  const [only] = names
  const kind = String(only === undefined ? undefined : declared.get(only))
  const isChosen = ['dropdown', 'radio', 'checkbox'].includes(kind)
  return names.size === 1 && only !== undefined && isChosen ? only : null
}

function wordAmong(names: ReadonlySet<string>): string | null {
  for (const word of LABEL_WORDS) {
    for (const name of names) {
      if (
        name
          .trim()
          .toLowerCase()
          .replaceAll(/[\s-]+/g, '_') === word
      )
        return name
    }
  }
  return null
}
