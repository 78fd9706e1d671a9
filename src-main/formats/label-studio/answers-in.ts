/** What was said with controls that draw nothing: attributes of a region, or tags of a picture. */
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'
import type { JsonObject } from '../common/json-values.ts'
import { attributeText } from '../common/label-index.ts'
import { attributeNameOf } from './controls.ts'
import { isObject, type RawResult } from './task-in.ts'

type Tally = Pick<ImportTally, 'labels' | 'note'>

/** Values of a label's attributes, each called like the control that asked for it. */
export class Values {
  readonly #label: Sublabel
  readonly #tally: Tally
  readonly #found = new Map<number, AttributeValue>()

  constructor(label: Sublabel, tally: Tally) {
    this.#label = label
    this.#tally = tally
  }

  add(control: string, value: unknown): void {
    const name = attributeNameOf(control, this.#label)
    const spec = this.#tally.labels.attribute(this.#label, name, value)
    if (spec === null) {
      const what = `"${name}", which "${this.#label.name}" does not have`
      this.#tally.note(`answers to ${what}, were left out`)
      return
    }
    const text = attributeText(spec, value)
    if (text !== null) this.#found.set(spec.id, { specId: spec.id, value: text })
    else
      this.#tally.note(`answers to "${name}" that "${this.#label.name}" cannot have were left out`)
  }

  addAll(values: unknown): void {
    if (isObject(values)) for (const [name, value] of Object.entries(values)) this.add(name, value)
  }

  all(): AttributeValue[] {
    return [...this.#found.values()]
  }
}

export function valuesOf(
  answers: readonly RawResult[],
  label: Sublabel,
  tally: Tally,
): AttributeValue[] {
  const values = new Values(label, tally)
  for (const { control, value } of answers) {
    const answer = answerOf(value)
    if (answer !== undefined) values.add(control, answer)
  }
  return values.all()
}

/** One value of what a control of any kind says; several choices are told with commas. */
export function answerOf(value: JsonObject): unknown {
  const { choices, text, number, rating, datetime, taxonomy } = value
  if (Array.isArray(choices)) return choices.length === 1 ? choices[0] : choices.join(', ')
  if (text !== undefined) return Array.isArray(text) ? text.join('\n') : text
  if (Array.isArray(taxonomy)) return taxonomyNames(taxonomy).join(', ')
  return number ?? rating ?? datetime
}

/** Names of the tags a picture was given: choices, or the ends of the branches of a tree. */
export function tagNamesOf({ choices, taxonomy }: JsonObject): string[] {
  const named = Array.isArray(choices) ? choices : []
  const names = [...named, ...(Array.isArray(taxonomy) ? taxonomyNames(taxonomy) : [])]
  return names.filter((name): name is string => typeof name === 'string' && name !== '')
}

function taxonomyNames(paths: readonly unknown[]): string[] {
  return paths.flatMap((path) => {
    const last = Array.isArray(path) ? path.at(-1) : path
    return typeof last === 'string' ? [last] : []
  })
}
