/** A task as Label Studio exports it: with its annotations (JSON), or with what they come to (JSON_MIN). */
import { asObject, type JsonObject } from '../common/json-values.ts'
import type { Refuse } from '../common/refuse.ts'

/** One thing somebody said: of a region where several share an id, else of the picture. */
export interface RawResult {
  /** Of the region; null where it has none of its own. */
  readonly id: string | null
  readonly parentId: string | null
  /** Name of the control it was said with. */
  readonly control: string
  /** `rectanglelabels`, `choices` … */
  readonly type: string
  readonly value: JsonObject
  /** Pixels; 0 where it does not say. */
  readonly width: number
  readonly height: number
  /** Degrees the picture was turned while this was drawn. */
  readonly imageRotation: number
  readonly score: unknown
  readonly origin: unknown
  readonly meta: JsonObject
  /** For messages. */
  readonly where: string
}

export interface RawTask {
  readonly data: JsonObject
  /** What its upload is called. */
  readonly upload: string | null
  readonly results: readonly RawResult[]
  /** Guesses of a model, taken because nobody has annotated it. */
  readonly isPrediction: boolean
  /** Annotations that were passed over: one of several is taken. */
  readonly passedOver: number
}

export function parseTask(value: unknown, where: string, refuse: Refuse): RawTask {
  const task = asObject(value, where, refuse)
  const upload = typeof task.file_upload === 'string' ? task.file_upload : null
  // What cloud storages get: an annotation with its task inside.
  if (Array.isArray(task.result) && isObject(task.task)) {
    const { data } = asObject(task.task, `${where}.task`, refuse)
    const results = parseResults(task.result, `${where}.result`, refuse)
    const known = asObject(data, `${where}.task.data`, refuse)
    return { data: known, upload, results, isPrediction: false, passedOver: 0 }
  }
  if (!isObject(task.data)) return minimalTask(task, where)
  const { annotations, completions, predictions } = task
  const told = listOf(annotations ?? completions, `${where}.annotations`, refuse)
  const valid = told.filter(({ value: one }) => one.was_cancelled !== true)
  const guessed = valid.length > 0 ? [] : listOf(predictions, `${where}.predictions`, refuse)
  const candidates = valid.length > 0 ? valid : guessed
  const chosen = candidates.find(({ value: one }) => one.ground_truth === true) ?? candidates[0]
  return {
    data: task.data,
    upload,
    results: chosen
      ? parseResults(chosen.value.result ?? [], `${chosen.where}.result`, refuse)
      : [],
    isPrediction: guessed.length > 0,
    passedOver: Math.max(0, candidates.length - 1),
  }
}

function listOf(value: unknown, where: string, refuse: Refuse) {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) refuse(where, 'it must be a list')
  return (value as unknown[]).flatMap((each, i) => {
    const at = `${where}[${i}]`
    // Some exports hold the ids of predictions alone.
    return typeof each === 'number' ? [] : [{ value: asObject(each, at, refuse), where: at }]
  })
}

function parseResults(value: unknown, where: string, refuse: Refuse): RawResult[] {
  if (!Array.isArray(value)) refuse(where, 'it must be a list')
  return (value as unknown[]).map((each, i) => {
    const at = `${where}[${i}]`
    const result = asObject(each, at, refuse)
    const type = typeof result.type === 'string' ? result.type.toLowerCase() : ''
    return toResult(result, type, isObject(result.value) ? result.value : {}, at)
  })
}

function toResult(result: JsonObject, type: string, value: JsonObject, where: string): RawResult {
  const { id, parentID: parent, from_name: control, meta } = result
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    parentId: typeof parent === 'string' ? parent : null,
    control: typeof control === 'string' ? control : '',
    type,
    value,
    width: pixels(result.original_width),
    height: pixels(result.original_height),
    imageRotation: typeof result.image_rotation === 'number' ? result.image_rotation : 0,
    score: result.score,
    origin: result.origin,
    meta: isObject(meta) ? meta : {},
    where,
  }
}

/** Everything else in a task of JSON_MIN is its data, or what was said with the control of that name. */
const FACTS: ReadonlySet<string> = new Set([
  ...['id', 'annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time', 'agreement'],
  ...['completed_by', 'project', 'total_annotations', 'cancelled_annotations', 'reviews'],
])
/** Controls that a single choice stands under as plain text. */
const CHOICE_NAME = /choice|class|label|categor|tag|sentiment/i

function minimalTask(task: JsonObject, where: string): RawTask {
  const results: RawResult[] = []
  for (const [control, said] of Object.entries(task)) {
    if (FACTS.has(control)) continue
    const at = `${where}.${control}`
    if (typeof said === 'string' && CHOICE_NAME.test(control) && !/[/\\]/.test(said)) {
      results.push(toResult({ from_name: control }, 'choices', { choices: [said] }, at))
    } else if (isObject(said) && Array.isArray(said.choices)) {
      results.push(toResult({ from_name: control }, 'choices', said, at))
    } else if (Array.isArray(said)) {
      for (const [i, one] of said.entries()) {
        if (!isObject(one)) continue
        const head = { ...one, from_name: control, id: `${control} ${i}` }
        results.push(toResult(head, labelsKey(one) ?? '', one, `${at}[${i}]`))
      }
    }
  }
  return { data: task, upload: null, results, isPrediction: false, passedOver: 0 }
}

/** The key of a value that holds its labels, which is also the type of the region. */
export function labelsKey(value: JsonObject): string | null {
  const key = Object.keys(value).find((name) => /labels$/i.test(name) && Array.isArray(value[name]))
  return key ?? null
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pixels(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

const PICTURE_KEYS = ['image', 'img', 'picture', 'photo', 'image_url', 'imageUrl', 'ocr', 'url']
const PICTURE = /\.(?:jpe?g|png|bmp|webp|gif|tiff?)(?:[?#]|$)/i
const VIDEO = /\.(?:mp4|webm|mov|avi|mkv|m4v|ogv|ogg)(?:[?#]|$)/i

/** Where a task's picture or video is: under whatever key the project uses. */
export function addressOf({ data, upload }: RawTask): string | null {
  const texts = Object.values(data).filter((value) => typeof value === 'string')
  const named = PICTURE_KEYS.map((key) => data[key]).find((value) => typeof value === 'string')
  const address =
    (typeof data.video === 'string' ? data.video : undefined) ??
    (named as string | undefined) ??
    texts.find((text) => PICTURE.test(text) || VIDEO.test(text)) ??
    upload
  return address === null || address.startsWith('data:') ? upload : address
}
