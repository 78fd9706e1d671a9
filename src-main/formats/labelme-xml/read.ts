import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createBatch, type NewShape, newShape } from '../common/new-shape.ts'
import { noteOtherSize } from '../common/other-size.ts'
import { type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { type FileAttributes, readBuiltIns, readValues } from '../common/read-attributes.ts'
import { createXmlReader } from '../cvat-images/xml-events.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { parseAttributes } from './attribute-text.ts'
import { createDocumentReader, type LabelMeDocument, type LabelMeObject } from './document.ts'
import { groupsOf } from './groups.ts'
import { readMaskPicture } from './mask-picture.ts'

/**
 * Import LabelMe 3.0: every `*.xml` of an archive or folder, in folders of subsets or not, with the masks in `Masks/`.
 * Not the JSON of the Python tool `labelme`.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readLabelMe(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const archive = openArchive(input)
  const batch = createBatch()
  let done = 0
  for (const { name, path } of archive.documents) {
    throwIfCancelled(target.signal, 'The import')
    const document = await readDocument(input, name)
    const place = placeOf(path, document)
    const frame = tally.frameOf(place.names, place.subset)
    const shapes = frame && (await toShapes(document, { input, archive, place, frame, tally }))
    for (const shape of renumberGroups(shapes ?? [])) batch.add(shape)
    target.progress(++done, archive.documents.length, path)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

interface Archive {
  readonly documents: readonly SlashedEntry[]
  /** Entries by path with slashes, lower case. */
  readonly byPath: ReadonlyMap<string, string>
}

function openArchive(input: DatasetInput): Archive {
  const entries = slashedEntries(input)
  const isBare = entries.length === 1 && entries[0]?.name === input.file
  const documents = isBare ? entries : entries.filter(({ path }) => /\.xml$/i.test(path))
  if (documents.length === 0) throw notLabelMe(input.file, 'it holds no XML file')
  return { documents, byPath: new Map(entries.map(({ path, name }) => [path.toLowerCase(), name])) }
}

async function readDocument(input: DatasetInput, entry: string): Promise<LabelMeDocument> {
  const reader = createDocumentReader()
  const xml = createXmlReader(input, entry, reader)
  for await (const piece of input.text(entry)) {
    xml.write(piece)
    const foreign = reader.foreign()
    if (foreign !== null) throw notLabelMe(input.file, `${entry}: ${foreign}`)
  }
  xml.end()
  return reader.document
}

interface Place {
  /** What its picture may be called, best first. */
  readonly names: readonly [string, ...string[]]
  /** First folder of the entry; undefined at the root. */
  readonly subset: string | undefined
  /** Folders in which its masks may be, with their slashes. */
  readonly masks: readonly string[]
}

/**
 * A file tells folder and name of its picture. LabelMe's own tool puts a folder of its server there: where the picture is
 * not known by that path, the file's own place in the archive counts.
 */
function placeOf(path: string, { folder, filename }: LabelMeDocument): Place {
  const slash = path.indexOf('/')
  const own = [withoutExtension(path.slice(slash + 1)), withoutExtension(path)] as const
  const told = folder === '' ? filename : `${folder}/${filename}`
  const around = path.slice(0, path.lastIndexOf('/') + 1)
  const server = SERVER.exec(around)
  return {
    names: filename === '' ? own : [told, ...own],
    subset: slash < 0 || server ? undefined : path.slice(0, slash),
    masks: [
      ...[path.slice(0, slash + 1), '', around].map((before) => `${before}Masks/`),
      ...(server ? [`${server[1] ?? ''}Masks/${server[2] ?? ''}`] : []),
    ],
  }
}

/** LabelMe's own tool keeps `Annotations/<folder>/`, `Images/<folder>/` and `Masks/<folder>/` beside each other. */
const SERVER = /^(.*\/)?Annotations\/(.*)$/i

interface Context {
  readonly input: DatasetInput
  readonly archive: Archive
  readonly place: Place
  readonly frame: DatasetFrame
  readonly tally: ImportTally
}

async function toShapes(document: LabelMeDocument, context: Context): Promise<NewShape[]> {
  const groups = groupsOf(document.objects)
  const shapes: NewShape[] = []
  for (const [i, object] of document.objects.entries()) {
    if (object.isDeleted) continue
    const label = context.tally.label(object.name)
    const geometry = label && (await toGeometry(object, context))
    if (label === null || geometry === null) continue
    const attributes = attributesOf(object, label, context.tally)
    const { rotation, source, score } = readBuiltIns(attributes)
    const shape = newShape({
      ...geometry,
      frame: context.frame.index,
      labelId: label.id,
      group: groups[i] ?? 0,
      occluded: object.occluded,
      rotation: geometry.type === 'rectangle' ? rotation : 0,
      ...{ source, score },
      attributes: readValues(attributes, label, context.tally),
    })
    shapes.push(shape)
  }
  return shapes
}

async function toGeometry(
  { points, mask, isBox }: LabelMeObject,
  context: Context,
): Promise<Pick<NewShape, 'type' | 'points'> | null> {
  const { tally } = context
  if (points !== null && isBox && points.length >= 4) {
    const xs = points.filter((_, i) => i % 2 === 0)
    const ys = points.filter((_, i) => i % 2 === 1)
    const corners = [least(xs), least(ys), -least(xs.map(minus)), -least(ys.map(minus))]
    return { type: 'rectangle', points: corners }
  }
  if (points !== null && points.length >= 6) return { type: 'polygon', points }
  if (points !== null) tally.note('outlines of less than three points were left out')
  else if (mask === null) tally.note('objects without outline and mask were left out')
  else {
    const found = await readMask(mask, context)
    return found === null ? null : { type: 'mask', points: found }
  }
  return null
}

const minus = (x: number): number => -x
const least = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b))

async function readMask(name: string, context: Context): Promise<number[] | null> {
  const { input, archive, place, frame, tally } = context
  const paths = place.masks.map((folder) => `${folder}${name.replaceAll('\\', '/')}`.toLowerCase())
  const entry = paths.map((path) => archive.byPath.get(path)).find((found) => found !== undefined)
  if (entry === undefined) {
    tally.note('masks whose picture is not in the archive were left out')
    return null
  }
  const { points, ...size } = readMaskPicture(await input.bytes(entry), (problem) => {
    throw new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
  })
  noteOtherSize(frame, size, tally)
  if (points === null) tally.note('masks without a single pixel were left out')
  return points
}

/** Attributes that hold text keep what is written, though it look like a number. */
function attributesOf(object: LabelMeObject, label: Label, tally: ImportTally): FileAttributes {
  const all = parseAttributes(object.attributes).map(({ name, value, written }) => {
    const spec = tally.labels.attribute(label, name, value)
    const isText = spec !== null && !['number', 'checkbox'].includes(spec.inputType)
    return [name, isText ? written : value] as const
  })
  if (object.user !== '') all.push(['username', object.user])
  return Object.fromEntries(all)
}

function notLabelMe(file: string, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'LabelMe 3.0', expected })
}
