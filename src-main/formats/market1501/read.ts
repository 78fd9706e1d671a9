import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { attributeText } from '../common/label-index.ts'
import { streamLines } from '../common/lines.ts'
import { createBatch } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { baseName, isPicture, slashedEntries } from '../common/pictures.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { LABEL, type PersonName, parsePersonName } from './names.ts'

/**
 * Import Market-1501 1.0: the names of pictures in `bounding_box_…` and `query`, or of those in `images_….txt`.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readMarket(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  tally.describe({
    ...{ name: LABEL, type: 'tag' },
    attributes: [
      { name: 'query', inputType: 'checkbox', values: ['false', 'true'], defaultValue: 'false' },
      { name: 'person_id', inputType: 'text', values: [], defaultValue: '' },
      { name: 'camera_id', inputType: 'number', values: ['0', '1000', '1'], defaultValue: '0' },
    ],
  })
  const originals = await readOriginals(input)
  const batch = createBatch()
  let done = 0
  for await (const { path, subset } of items(input)) {
    throwIfCancelled(target.signal, 'The import')
    const item = toItem(path, subset)
    const frame = tally.frameOf(namesOf(item, originals.get(path)), item.subset)
    if (frame !== null && item.person !== null) {
      const label = tally.label(LABEL)
      if (label !== null) batch.add(toTag(item, item.person, { frame, label, tally }))
    }
    target.progress(++done, null, path)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface Item {
  /** Inside its folder. */
  readonly path: string
  readonly query: boolean
  readonly subset: string | undefined
  readonly person: PersonName | null
}

/** The pictures the input tells of: its lists, or where it has none, its folders. */
async function* items(input: DatasetInput): AsyncGenerator<{ path: string; subset?: string }> {
  const entries = slashedEntries(input)
  const lists = entries.filter(({ path }) => /^images_.+\.txt$/i.test(baseName(path)))
  for (const { path, name } of lists) {
    const subset = baseName(path).slice('images_'.length, -'.txt'.length)
    for await (const lines of streamLines(input, name)) {
      for (const { text } of lines) {
        const line = text.trim().replaceAll('\\', '/')
        if (line !== '') yield { path: line, subset }
      }
    }
  }
  if (lists.length > 0) return
  const pictures = entries.filter(({ path }) => FOLDER.test(path) && isPicture(path))
  if (pictures.length === 0) {
    const expected = 'it needs pictures in "bounding_box_…" or "query", or a list images_….txt'
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      file: input.file,
      format: 'Market-1501 1.0',
      expected,
    })
  }
  for (const { path } of pictures) yield { path }
}

const FOLDER = /(?:^|\/)(?:bounding_box_([^/]+)|query)\/(.+)$/

function toItem(path: string, listed: string | undefined): Item {
  const [, subset, inside] = FOLDER.exec(path) ?? []
  return {
    path: inside ?? path,
    query: inside !== undefined && subset === undefined,
    subset: subset ?? listed,
    person: parsePersonName(withoutExtension(baseName(path))),
  }
}

/** What a picture was called before its name said whom it shows; else what it may be called here. */
function namesOf({ path, person }: Item, original: string | undefined): [string, ...string[]] {
  if (original !== undefined) return [original, path]
  if (person === null || person.rest === '') return [path]
  return [path, path.slice(0, -baseName(path).length) + person.rest]
}

/** Original names by the paths of renamed pictures, as our exports have them. */
async function readOriginals(input: DatasetInput): Promise<Map<string, string>> {
  const originals = new Map<string, string>()
  for (const { path, name } of slashedEntries(input)) {
    if (!/^names_.+\.txt$/i.test(baseName(path))) continue
    for await (const lines of streamLines(input, name)) {
      for (const { text } of lines) {
        const [renamed = '', original = ''] = text.split('\t')
        if (original !== '') originals.set(renamed, original)
      }
    }
  }
  return originals
}

function toTag(
  { query }: Item,
  { person, camera, track, frame: frameId, box }: PersonName,
  { frame, label, tally }: { frame: DatasetFrame; label: Label; tally: ImportTally },
): NewAnnotation {
  const attributes: AttributeValue[] = []
  const said = {
    ...{ query, person_id: person, camera_id: camera },
    ...{ track_id: track, frame_id: frameId, bbox_id: box },
  }
  for (const [name, value] of Object.entries(said)) {
    const spec = tally.labels.attribute(label, name, value)
    // A person's zeros in front are text; a number has none.
    const isNumber = spec?.inputType === 'number'
    const text = spec === null ? null : attributeText(spec, isNumber ? Number(value) : value)
    if (spec !== null && text !== null) attributes.push({ specId: spec.id, value: text })
  }
  return newTag({ frame: frame.index, labelId: label.id, attributes })
}
