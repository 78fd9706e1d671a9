import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines } from '../common/lines.ts'
import { createBatch } from '../common/new-shape.ts'
import { newTrack } from '../common/new-track.ts'
import { objectsOf, type PixelObject } from '../common/paint/objects.ts'
import { decodePng } from '../common/png/decode.ts'
import { repeatedRows, valueRows } from '../common/png/rows.ts'
import { SeenTrack } from '../common/seen-track.ts'
import { PackedMasks } from './packed-masks.ts'
import { OBJECTS } from './write.ts'

/** Labels of the MOTS data sets by class, where no labels.txt says otherwise. */
const DATA_SET_LABELS = new Map([
  [1, 'car'],
  [2, 'pedestrian'],
  [10, 'ignored'],
])
const IGNORED = 10
/** Packed masks of all objects together: half a gigabyte. */
const MOST_BYTES = 2 ** 29

/**
 * Import MOTS PNG 1.0: every object a track of masks, with a keyframe wherever it is seen. A class and a number together
 * are an object.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readMots(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const subsets = await findSubsets(input)
  for (const subset of subsets) {
    const tracks = new Map<number, PackedMasks>()
    let done = 0
    let bytes = 0
    for (const { entry, id } of subset.pictures) {
      throwIfCancelled(target.signal, 'The import')
      const where = { input, entry }
      const frame = tally.frame(id, undefined, subset.name)
      const { width, height, objects } = await readPicture(where)
      if (frame !== null) {
        if (frame.width > 0 && (frame.width !== width || frame.height !== height)) {
          tally.note('pictures have another size here than the file says; masks were not scaled')
        }
        for (const { value, points } of objects) {
          const masks = tracks.get(value) ?? new PackedMasks()
          tracks.set(value, masks)
          bytes -= masks.byteLength
          masks.add(frame.index, points)
          bytes += masks.byteLength
        }
      }
      if (bytes > MOST_BYTES) throw invalid(where, 'the masks are more than fit in memory')
      done += 1
      target.progress(done, subset.pictures.length, entry)
    }
    yield* toTracks(tracks, { labelOf: createLabels(subset.names), tally, target })
  }
  tally.finish()
}

interface Subset {
  /** Undefined: the folder lies at the root. */
  readonly name: string | undefined
  readonly names: readonly string[] | null
  readonly pictures: readonly { readonly entry: string; readonly id: string }[]
}

/** Folders `instances/`, at the root or in the folder of a subset. */
async function findSubsets(input: DatasetInput): Promise<Subset[]> {
  const folders = new Map<string, { entry: string; id: string }[]>()
  for (const { name } of input.entries) {
    const match = /^((?:[^/]*\/){0,2}?instances\/)(?:(.+)\.png|labels\.txt)$/i.exec(slashed(name))
    if (match === null) continue
    const [, folder = '', id] = match
    const pictures = folders.get(folder) ?? []
    folders.set(folder, pictures)
    if (id !== undefined) pictures.push({ entry: name, id })
  }
  if (folders.size === 0) {
    const expected = 'it needs a folder "instances" of PNG files'
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      file: input.file,
      format: 'MOTS PNG 1.0',
      expected,
    })
  }
  return await Promise.all(
    [...folders].map(async ([folder, pictures]) => {
      const list = input.entries.find(({ name }) => slashed(name) === `${folder}labels.txt`)
      const names = list === undefined ? null : await readLines(input, list.name)
      const name = folder.split('/').at(-3)
      return { name, names, pictures: pictures.sort((a, b) => (a.id < b.id ? -1 : 1)) }
    }),
  )
}

function slashed(name: string): string {
  return name.replaceAll('\\', '/')
}

interface Place {
  readonly input: DatasetInput
  readonly entry: string
}

function invalid({ input, entry }: Place, problem: string): AppError {
  return new AppError('DATASET_INVALID', { file: input.file, where: entry, problem })
}

async function readPicture(
  place: Place,
): Promise<{ width: number; height: number; objects: PixelObject[] }> {
  const refuse = (problem: string): never => {
    throw invalid(place, problem)
  }
  const png = decodePng(await place.input.bytes(place.entry), refuse)
  if (png.kind !== 'gray' || png.depth !== 16) refuse('it must be grayscale with 16 bits a pixel')
  const { width, height } = png
  // Class 0 is the background, whatever its numbers.
  const isObject = (value: number): boolean => value >= OBJECTS
  return {
    width,
    height,
    objects: objectsOf(
      { width, height, readRow: valueRows(png), isRepeated: repeatedRows(png) },
      isObject,
    ),
  }
}

/** The label of a class, by name. */
function createLabels(names: readonly string[] | null): (classId: number) => string {
  return (classId) => {
    const named = names === null ? DATA_SET_LABELS.get(classId) : names[classId - 1]
    if (named !== undefined && named !== '') return named
    return classId === IGNORED ? 'ignored' : `class ${classId}`
  }
}

function* toTracks(
  tracks: Map<number, PackedMasks>,
  {
    labelOf,
    tally,
    target,
  }: { labelOf: (id: number) => string; tally: ImportTally; target: ReadTarget },
): Generator<NewAnnotation[]> {
  const batch = createBatch()
  for (const [value, masks] of tracks) {
    throwIfCancelled(target.signal, 'The import')
    tracks.delete(value)
    const name = labelOf(Math.floor(value / OBJECTS))
    const label = tally.label(name)
    if (label === null) continue
    const seen = new SeenTrack()
    for (const { frame, points } of masks.masks()) {
      seen.add(position(frame, points, name === 'ignored' ? 1 : 0), true)
    }
    const keyframes = seen.keyframes(target.frameCount)
    const common = { labelId: label.id, group: 0, source: 'manual', type: 'mask' } as const
    batch.add(newTrack({ ...common, label, keyframes }))
    // A track of masks is large: none waits for others.
    yield batch.take(true) ?? []
  }
}

function position(frame: FrameIndex, points: number[], zOrder: number) {
  return { frame, points, rotation: 0, occluded: false, zOrder, attributes: [], elements: [] }
}
