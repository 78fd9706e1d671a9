import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { cocoToMask } from '#shared/geometry/coco-rle.ts'
import type { TrackMark } from '#shared/tracks/weave.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { attributeText } from '../common/label-index.ts'
import { type Batch, createBatch, type NewShape, newShape, toSource } from '../common/new-shape.ts'
import { TrackedShapes } from '../common/tracked-shapes.ts'
import { annotationEntries } from './entries.ts'
import {
  type CocoAnnotation,
  type CocoImage,
  parseAnnotation,
  parseCategory,
  parseImage,
  type Refuse,
} from './parse.ts'

const ARRAYS = new Set(['images', 'categories', 'annotations'])

/**
 * Import COCO 1.0: a bare JSON file or an archive of them. Each file is read twice, first for images and
 * categories, which may stand after the annotations, then for the annotations, one at a time.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readCoco(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const groups = createGroupNumbers()
  for (const { name, sizeBytes } of annotationEntries(input)) {
    const place = { input, entry: name, sizeBytes, target }
    const catalogue = await readCatalogue(place, tally)
    // Each file counts its tracks from 0.
    const tracks = new TrackedShapes(tally)
    yield* readAnnotations(place, catalogue, { tally, groups, tracks })
    yield* tracks.take(target)
  }
  tally.finish()
}

interface Place {
  readonly input: DatasetInput
  readonly entry: string
  readonly sizeBytes: number
  readonly target: ReadTarget
}

interface KnownImage extends CocoImage {
  readonly frame: DatasetFrame | null
}

interface Catalogue {
  readonly images: ReadonlyMap<number, KnownImage>
  readonly categories: ReadonlyMap<number, string>
}

function refuseIn({ input, entry }: Place): Refuse {
  return (where, problem) => {
    const inside = entry === input.file ? '' : `${entry}, `
    throw new AppError('DATASET_INVALID', { file: input.file, where: inside + where, problem })
  }
}

async function readCatalogue(place: Place, tally: ImportTally): Promise<Catalogue> {
  const refuse = refuseIn(place)
  const images = new Map<number, KnownImage>()
  const categories = new Map<number, string>()
  const scanner = createJsonArrays({
    file: place.input.file,
    entry: place.entry,
    arrays: ARRAYS,
    skip: new Set(['annotations']),
    onElement(key, index, value) {
      const where = `${key}[${index}]`
      if (key === 'images') {
        const image = parseImage(value, where, refuse)
        if (images.has(image.id)) refuse(`${where}.id`, `image id ${image.id} appears twice`)
        images.set(image.id, { ...image, frame: tally.frame(image.fileName) })
        noteOtherSize(images.get(image.id), tally)
      } else if (key === 'categories') {
        const category = parseCategory(value, where, refuse)
        if (categories.has(category.id)) {
          refuse(`${where}.id`, `category id ${category.id} appears twice`)
        }
        categories.set(category.id, category.name)
      }
    },
  })
  for await (const piece of place.input.text(place.entry)) {
    throwIfCancelled(place.target.signal, 'The import')
    scanner.write(piece)
    if (scanner.finished.has('images') && scanner.finished.has('categories')) break
  }
  if (!(scanner.finished.has('images') && scanner.finished.has('categories'))) {
    scanner.end()
    throw notCoco(place.input.file)
  }
  return { images, categories }
}

function notCoco(file: string): AppError {
  const expected = 'it needs a JSON file with the lists "images", "categories" and "annotations"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'COCO 1.0', expected })
}

function noteOtherSize(image: KnownImage | undefined, tally: ImportTally): void {
  if (!image?.frame || image.width === 0 || image.frame.width === 0) return
  if (image.width === image.frame.width && image.height === image.frame.height) return
  tally.note(
    'pictures have another size here than the file says; their annotations were not scaled',
  )
}

interface Shared {
  readonly tally: ImportTally
  readonly groups: (frame: number) => number
  readonly tracks: TrackedShapes
}

async function* readAnnotations(
  place: Place,
  catalogue: Catalogue,
  shared: Shared,
): AsyncGenerator<NewAnnotation[]> {
  const refuse = refuseIn(place)
  const batch = createBatch()
  const scanner = createJsonArrays({
    file: place.input.file,
    entry: place.entry,
    arrays: ARRAYS,
    skip: new Set(['images', 'categories']),
    onElement(key, index, value) {
      if (key !== 'annotations') return
      const where = `annotations[${index}]`
      addAnnotation(parseAnnotation(value, where, refuse), {
        where,
        refuse,
        catalogue,
        batch,
        ...shared,
      })
    },
  })
  let done = 0
  for await (const piece of place.input.text(place.entry)) {
    throwIfCancelled(place.target.signal, 'The import')
    scanner.write(piece)
    done += piece.length
    place.target.progress(done, place.sizeBytes, place.entry)
    const full = batch.take()
    if (full !== null) yield full
  }
  scanner.end()
  if (!scanner.finished.has('annotations')) throw notCoco(place.input.file)
  const rest = batch.take(true)
  if (rest !== null) yield rest
}

interface Context extends Shared {
  readonly where: string
  readonly refuse: Refuse
  readonly catalogue: Catalogue
  readonly batch: Batch
}

function addAnnotation(annotation: CocoAnnotation, context: Context): void {
  const { where, catalogue, batch, tally } = context
  const refuse: Refuse = context.refuse
  const image = catalogue.images.get(annotation.imageId)
  const category = catalogue.categories.get(annotation.categoryId)
  if (image === undefined) {
    refuse(`${where}.image_id`, `there is no image with the id ${annotation.imageId}`)
  }
  if (category === undefined) {
    refuse(`${where}.category_id`, `there is no category with the id ${annotation.categoryId}`)
  }
  checkRleSize(annotation, image, context)
  if (image.frame === null) return
  const label = tally.label(category)
  if (label === null) return
  const shapes = toShapes(annotation, image.frame, label, context)
  const mark = trackMark(annotation.attributes)
  for (const shape of shapes) {
    if (mark === null || !context.tracks.add(mark, shape, label)) batch.add(shape)
  }
}

function checkRleSize(
  { geometry }: CocoAnnotation,
  { width, height }: KnownImage,
  { where, refuse }: Context,
): void {
  if (geometry.kind !== 'rle' || width === 0 || height === 0) return
  const [rleHeight, rleWidth] = geometry.rle.size
  if (rleHeight === height && rleWidth === width) return
  const problem = `it is ${rleWidth} x ${rleHeight} pixels, its image ${width} x ${height}`
  refuse(`${where}.segmentation.size`, problem)
}

function toShapes(
  annotation: CocoAnnotation,
  frame: DatasetFrame,
  label: Label,
  { tally, groups }: Context,
): NewShape[] {
  const { geometry } = annotation
  const common = { frame: frame.index, labelId: label.id, ...facts(annotation, label, tally) }
  switch (geometry.kind) {
    case 'box':
      return [newShape({ ...common, type: 'rectangle', points: [...geometry.points] })]
    case 'polygons': {
      // The parts of one object stay together as a group, numbered anew on each frame.
      const group = geometry.parts.length > 1 ? groups(frame.index) : 0
      const withGroup = { ...common, group, rotation: 0 }
      return geometry.parts.map((part) =>
        newShape({ ...withGroup, type: 'polygon', points: [...part] }),
      )
    }
    case 'rle': {
      const points = cocoToMask(geometry.rle)
      if (points === null) tally.note('masks without a single pixel were left out')
      return points === null ? [] : [newShape({ ...common, rotation: 0, type: 'mask', points })]
    }
  }
}

function facts(
  annotation: CocoAnnotation,
  label: Label,
  tally: ImportTally,
): Pick<NewShape, 'occluded' | 'rotation' | 'source' | 'score' | 'attributes'> {
  const { attributes, score } = annotation
  return {
    occluded: isTrue(attributes.occluded),
    rotation: toDegrees(attributes.rotation),
    source: toSource(attributes.source),
    score: score !== null && score >= 0 && score <= 1 ? score : null,
    attributes: toAttributes(annotation, label, tally),
  }
}

/** `is_crowd` and `score` have keys of their own in COCO, which say more than an attribute of the same name. */
function toAttributes(
  { attributes, isCrowd, score }: CocoAnnotation,
  label: Label,
  tally: ImportTally,
): AttributeValue[] {
  const found: AttributeValue[] = []
  for (const name of Object.keys(attributes)) {
    const value = name === 'is_crowd' ? isCrowd : name === 'score' ? score : null
    addAttribute(found, label, name, value ?? attributes[name], tally)
  }
  if (!Object.hasOwn(attributes, 'is_crowd')) addAttribute(found, label, 'is_crowd', isCrowd, tally)
  if (score !== null && !Object.hasOwn(attributes, 'score')) {
    addAttribute(found, label, 'score', score, tally)
  }
  return found
}

function addAttribute(
  found: AttributeValue[],
  label: Label,
  name: string,
  value: unknown,
  tally: ImportTally,
): void {
  const spec = tally.labels.attribute(label, name)
  if (spec === null) return
  const text = attributeText(spec, value)
  if (text === null) {
    tally.note(
      `values of the attribute "${name}" of "${label.name}" that it cannot have were left out`,
    )
  }
  if (text !== null) found.push({ specId: spec.id, value: text })
}

/** A shape is a track's where it says which and whether it is a keyframe; then it is told by both, as in CVAT. */
function trackMark(attributes: CocoAnnotation['attributes']): TrackMark | null {
  const { track_id: id, keyframe } = attributes
  if (!Number.isSafeInteger(id) || keyframe === undefined) return null
  return { id: id as number, keyframe: isTrue(keyframe) }
}

function isTrue(value: unknown): boolean {
  return (
    value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes)$/i.test(value))
  )
}

function toDegrees(value: unknown): number {
  const degrees = typeof value === 'number' && Number.isFinite(value) ? value % 360 : 0
  return degrees < 0 ? degrees + 360 : degrees + 0
}

/** 1, 2, 3 … on each frame. */
function createGroupNumbers(): (frame: number) => number {
  const last = new Map<number, number>()
  return (frame) => {
    const next = (last.get(frame) ?? 0) + 1
    last.set(frame, next)
    return next
  }
}
