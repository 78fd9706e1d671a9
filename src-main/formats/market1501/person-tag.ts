/** The tag that says whom a frame shows. */
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'
import { numberOf } from '../common/typed-values.ts'
import { LABEL } from './names.ts'

export interface PersonTag {
  /** As it goes into a name: text as it is, a number with at least four digits. */
  readonly person: string
  /** From 0. */
  readonly camera: number
  readonly query: boolean
  readonly track: number | null
  readonly frame: number | null
  readonly box: number | null
}

/** The tag of a frame that may be written. */
export function findTag(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): Tag | undefined {
  const label = labels.find(({ name }) => name === LABEL)
  return annotations.find((one): one is Tag => one.kind === 'tag' && one.labelId === label?.id)
}

/** @returns null where a frame has none, or none with a number for the person, without which there is no name */
export function personTag(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
): PersonTag | null {
  const label = labels.find(({ name }) => name === LABEL)
  const tag = findTag(annotations, labels)
  if (label === undefined || tag === undefined) return null
  const textOf = (name: string): string => {
    const spec = label.attributes.find((each) => each.name === name)
    return spec === undefined ? '' : attributeValue(spec, tag.attributes).trim()
  }
  const count = (name: string): number | null => {
    const number = numberOf(textOf(name))
    return number !== null && number >= 0 && Number.isSafeInteger(number) ? number : null
  }
  const person = personText(textOf('person_id'), isNumber(label))
  if (person === null) return null
  return {
    ...{ person, camera: count('camera_id') ?? 0, query: textOf('query') === 'true' },
    ...{ track: count('track_id'), frame: count('frame_id'), box: count('bbox_id') },
  }
}

function isNumber({ attributes }: Label): boolean {
  return attributes.some(({ name, inputType }) => name === 'person_id' && inputType === 'number')
}

function personText(text: string, isTyped: boolean): string | null {
  const number = numberOf(text)
  if (!isTyped) return /^-?\d+$/.test(text) ? text : null
  if (number === null || !Number.isSafeInteger(number)) return null
  return number < 0 ? String(number) : String(number).padStart(4, '0')
}
