import { type Literal, readLiteral } from './python-literal.ts'

/**
 * What Ultralytics' exporter, and others after it, leave in an ONNX file's metadata.
 * @see https://docs.ultralytics.com/modes/export
 */
export interface ExporterNotes {
  /** 'detect', 'segment', 'pose', 'obb', 'classify', …; null where nobody says. */
  readonly task: string | null
  /** By class index, without gaps; null where nobody says, or there are gaps nobody could name. */
  readonly names: readonly string[] | null
  /** Key points and numbers a key point (2, or 3 with visibility). */
  readonly keypoints: { readonly count: number; readonly values: number } | null
  readonly keypointNames: readonly string[] | null
  /** Input pixels. */
  readonly size: { readonly width: number; readonly height: number } | null
  readonly stride: number | null
  /** Suppression of boxes was exported with the net. */
  readonly suppresses: boolean
  readonly description: string
  readonly author: string
  readonly licence: string
  readonly version: string
}

const MOST_CLASSES = 20_000

/** Read them, believing nothing: what is not of its form is as if it were not there. */
export function readExporterNotes(metadata: Readonly<Record<string, string>>): ExporterNotes {
  const literal = (key: string): Literal | null => readLiteral(metadata[key] ?? '')
  return {
    task: metadata.task?.trim() || null,
    names: namesOf(literal('names')),
    keypoints: keypointsOf(literal('kpt_shape')),
    keypointNames: keypointNamesOf(literal('kpt_names')),
    size: sizeOf(literal('imgsz')),
    stride: positive(literal('stride')),
    suppresses: /^true$/i.test(metadata.end2end ?? '') || hasNms(literal('args')),
    description: metadata.description ?? '',
    author: metadata.author ?? '',
    licence: metadata.license ?? metadata.licence ?? '',
    version: metadata.version ?? '',
  }
}

/**
 * Names in the order of their class index, of a list or a dict of indices. Indices that are left out (COCO's 91) keep
 * their places with names of their own.
 * @returns null where it is no list of names
 */
export function namesOf(value: Literal | null): readonly string[] | null {
  if (isList(value)) return value.length > 0 && value.every(isName) ? value.map(String) : null
  if (!(value instanceof Map) || value.size === 0) return null
  const byIndex = new Map<number, string>()
  for (const [key, name] of value as ReadonlyMap<string, Literal>) {
    const index = Number(key)
    if (!Number.isInteger(index) || index < 0 || index >= MOST_CLASSES || !isName(name)) return null
    byIndex.set(index, String(name))
  }
  const count = Math.max(...byIndex.keys()) + 1
  return Array.from({ length: count }, (_, index) => byIndex.get(index) ?? `class_${index}`)
}

function keypointsOf(value: Literal | null): ExporterNotes['keypoints'] {
  if (!isList(value)) return null
  const [count, values] = value
  if (typeof count !== 'number' || typeof values !== 'number') return null
  if (!Number.isInteger(count) || count < 1 || count > 1000) return null
  return values === 2 || values === 3 ? { count, values } : null
}

/** A list, or (newer exports) a list by class index, of which all are alike or the first stands for all. */
function keypointNamesOf(value: Literal | null): readonly string[] | null {
  if (value instanceof Map) {
    const first = (value as ReadonlyMap<string, Literal>).values().next().value ?? null
    return isList(first) ? namesOf(first) : namesOf(value)
  }
  return namesOf(value)
}

/** `{'batch': 1, 'nms': True, …}`: what the export was asked for. */
const hasNms = (args: Literal | null): boolean =>
  args instanceof Map && (args as ReadonlyMap<string, Literal>).get('nms') === true

/** `[height, width]`, or one number for both. */
function sizeOf(value: Literal | null): ExporterNotes['size'] {
  const [first, second] = isList(value) ? value : [value]
  const height = positive(first ?? null)
  const width = positive(second ?? first ?? null)
  return width !== null && height !== null ? { width, height } : null
}

function positive(value: Literal): number | null {
  const first = isList(value) ? value.reduce((a, b) => (Number(b) > Number(a) ? b : a), 0) : value
  return typeof first === 'number' && Number.isInteger(first) && first > 0 && first <= 16_384
    ? first
    : null
}

const isName = (value: Literal): value is string | number =>
  (typeof value === 'string' && value.trim() !== '' && value.length <= 1000) ||
  typeof value === 'number'

export const isList = (value: Literal | null | undefined): value is readonly Literal[] =>
  Array.isArray(value)
