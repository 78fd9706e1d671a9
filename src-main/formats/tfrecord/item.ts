/** What a record says of its picture and the objects on it, checked. */
import type { Feature, Features } from './example.ts'
import type { Refuse } from './protobuf.ts'

export interface RecordObject {
  /** Shares of the picture's width and height. */
  readonly xmin: number
  readonly ymin: number
  readonly xmax: number
  readonly ymax: number
  /** Empty: it has none. */
  readonly text: string
  /** 0: it has none. */
  readonly labelNumber: number
  /** A PNG of its pixels; null: it is a box. */
  readonly mask: Uint8Array | null
}

export interface RecordItem {
  /** Empty where the record does not say it. */
  readonly fileName: string
  readonly objects: readonly RecordObject[]
}

/** The sides of a box, each a list with a number for each object. */
const SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const
/** Beyond it is damage, or pixels. */
const FARTHEST = 1000

export function toItem(features: Features, refuse: Refuse): RecordItem {
  const sides = SIDES.map((side) =>
    numbers(features, `image/object/bbox/${side}`, 'floats', refuse),
  )
  const count = sides[0]?.length ?? 0
  for (const [i, list] of sides.entries()) {
    if (list.length === count) continue
    refuse(`it has ${count} xmin and ${list.length} ${SIDES[i]}; every box needs all four`)
  }
  const texts = forEach(
    bytes(features, 'image/object/class/text', refuse),
    'class/text',
    count,
    refuse,
  )
  const labels = forEach(
    numbers(features, 'image/object/class/label', 'ints', refuse),
    'class/label',
    count,
    refuse,
  )
  const masks = forEach(bytes(features, 'image/object/mask', refuse), 'mask', count, refuse)
  return {
    fileName: nameOf(features, refuse),
    objects: Array.from({ length: count }, (_, i) => {
      const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = sides.map((list, side) =>
        share(list[i], `${SIDES[side]} of object ${i + 1}`, refuse),
      )
      const text = textOf(texts[i])
      const mask = masks[i]?.length ? masks[i] : undefined
      return { xmin, ymin, xmax, ymax, text, labelNumber: labels[i] ?? 0, mask: mask ?? null }
    }),
  }
}

/** The picture of a record as the bytes of its file, with a name that says what it is; null where it has none. */
export function pictureOf(
  features: Features,
  refuse: Refuse,
): { name: string; data: Uint8Array } | null {
  const [data] = bytes(features, 'image/encoded', refuse)
  if (data === undefined || data.length === 0) return null
  const name = nameOf(features, refuse)
  if (/\.[a-z0-9]{2,5}$/i.test(name)) return { name, data }
  const format = textOf(bytes(features, 'image/format', refuse)[0]).toLowerCase()
  return { name: `${name}.${/^[a-z0-9]{2,5}$/.test(format) ? format : 'jpg'}`, data }
}

function share(value: number | undefined, what: string, refuse: Refuse): number {
  if (value === undefined || !Number.isFinite(value)) return refuse(`${what} is not a number`)
  if (Math.abs(value) > FARTHEST)
    refuse(`${what} is ${value}, which is not relative to the picture`)
  return value
}

/** Some writers name the picture by its source alone. */
function nameOf(features: Features, refuse: Refuse): string {
  const names = ['image/filename', 'image/source_id'].map((name) =>
    textOf(bytes(features, name, refuse)[0]),
  )
  return names.find((name) => name !== '') ?? ''
}

function textOf(value: Uint8Array | undefined): string {
  return value === undefined ? '' : Buffer.from(value).toString()
}

function bytes(features: Features, name: string, refuse: Refuse): readonly Uint8Array[] {
  const feature = ofKind(features, name, 'bytes', refuse)
  return feature?.kind === 'bytes' ? feature.values : []
}

function numbers(
  features: Features,
  name: string,
  kind: 'floats' | 'ints',
  refuse: Refuse,
): readonly number[] {
  const feature = ofKind(features, name, kind, refuse)
  return feature === undefined || feature.kind === 'bytes' ? [] : feature.values
}

/** An empty list has no kind. */
function ofKind(
  features: Features,
  name: string,
  kind: Feature['kind'],
  refuse: Refuse,
): Feature | undefined {
  const feature = features.get(name)
  if (feature === undefined || feature.kind === kind || feature.values.length === 0) return feature
  return refuse(`${name} holds ${feature.kind}, it must hold ${kind}`)
}

/** A list may be missing as a whole, not in part. */
function forEach<T>(list: readonly T[], what: string, count: number, refuse: Refuse): readonly T[] {
  if (list.length !== 0 && list.length !== count) {
    refuse(`it has ${count} boxes and ${list.length} of image/object/${what}`)
  }
  return list
}
