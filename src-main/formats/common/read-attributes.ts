/** Attributes of Datumaro-type formats on their way in: what the built-in ones say, and the label's own. */
import type { AttributeValue, Source } from '#shared/domain/annotation.ts'
import type { Sublabel } from '#shared/domain/label.ts'
import type { TrackMark } from '#shared/tracks/weave.ts'
import type { ImportTally } from './import-tally.ts'
import { attributeText } from './label-index.ts'
import { toSource } from './new-shape.ts'
import { BUILT_IN_NAMES, numberOf } from './typed-values.ts'

export type FileAttributes = Readonly<Record<string, unknown>>

/** What built-in attributes say of a shape. Texts count as the values they spell: some formats know nothing else. */
export interface BuiltIns {
  readonly occluded: boolean
  readonly outside: boolean
  /** Degrees, 0 … 360. */
  readonly rotation: number
  readonly source: Source
  /** 0 … 1; null where the file gives none. */
  readonly score: number | null
  /** Of a shape that says both which track it is of and whether it is a keyframe there, as in CVAT. */
  readonly track: TrackMark | null
}

export function readBuiltIns(attributes: FileAttributes): BuiltIns {
  const { occluded, outside, rotation, source, score, track_id: track, keyframe } = attributes
  const id = toNumber(track)
  const isTracked = id !== null && Number.isSafeInteger(id) && keyframe !== undefined
  return {
    occluded: isTrue(occluded),
    outside: isTrue(outside),
    rotation: toDegrees(toNumber(rotation)),
    source: toSource(source),
    score: toScore(toNumber(score)),
    track: isTracked ? { id, keyframe: isTrue(keyframe) } : null,
  }
}

/**
 * The values of the label's own attributes. Those it does not define are left out in silence, as in CVAT; those that it
 * cannot have are counted.
 */
export function readValues(
  attributes: FileAttributes,
  label: Sublabel,
  tally: Pick<ImportTally, 'labels' | 'note'>,
): AttributeValue[] {
  const found: AttributeValue[] = []
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    // Who made a shape is told by its source; any other word is an attribute of that name.
    const isTold = BUILT_IN_NAMES.has(name) || (name === 'source' && toSource(value) === value)
    if (!isTold) addValue(found, label, name, value, tally)
  }
  return found
}

function addValue(
  found: AttributeValue[],
  label: Sublabel,
  name: string,
  value: unknown,
  tally: Pick<ImportTally, 'labels' | 'note'>,
): void {
  const spec = tally.labels.attribute(label, name, value)
  if (spec === null) return
  const text = attributeText(spec, value)
  if (text !== null) found.push({ specId: spec.id, value: text })
  else {
    const what = `the attribute "${name}" of "${label.name}"`
    tally.note(`values of ${what} that it cannot have were left out`)
  }
}

/** `true`, 1, and the texts that mean it. */
export function isTrue(value: unknown): boolean {
  return (
    value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes)$/i.test(value))
  )
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'string') return numberOf(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Any number of degrees as 0 … 360. */
export function toDegrees(value: number | null): number {
  const degrees = (value ?? 0) % 360
  return degrees < 0 ? degrees + 360 : degrees + 0
}

/** Null for what is no probability. */
export function toScore(value: number | null): number | null {
  return value !== null && value >= 0 && value <= 1 ? value : null
}
