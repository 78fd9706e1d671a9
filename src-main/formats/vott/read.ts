import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { asObject, type JsonObject } from '../common/json-values.ts'
import { type Batch, createBatch } from '../common/new-shape.ts'
import { type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { refuseIn } from '../common/refuse.ts'
import { type AssetContext, addAsset } from './assets.ts'

/**
 * Import VoTT JSON: exports of VoTT 2, or the files it keeps for each asset (`…-asset.json`) with the project (`.vott`).
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readVott(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  let isVott = false
  for (const entry of vottEntries(input, tally)) {
    throwIfCancelled(target.signal, 'The import')
    const reading = readFile(input, entry, { target, tally, batch })
    for (;;) {
      const step = await reading.next()
      if (step.done) {
        isVott ||= step.value
        break
      }
      yield step.value
    }
  }
  if (!isVott) throw notVott(input.file)
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

function notVott(file: string): AppError {
  const expected = 'it needs a JSON file with "assets", or with an "asset" and its "regions"'
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'VoTT JSON', expected })
}

/** Where assets have files of their own, an export beside them is the same again. */
function vottEntries(input: DatasetInput, tally: ImportTally): SlashedEntry[] {
  const [only] = input.entries
  if (input.entries.length === 1 && only?.name === input.file) return slashedEntries(input)
  const entries = slashedEntries(input).filter(({ path }) => /\.(?:json|vott)$/i.test(path))
  const isAsset = ({ path }: SlashedEntry) => /-asset\.json$/i.test(path)
  if (!entries.some(isAsset)) return entries
  const kept = entries.filter((entry) => isAsset(entry) || /\.vott$/i.test(entry.path))
  if (kept.length < entries.length) {
    tally.note('JSON files beside those of the assets were passed over')
  }
  return kept
}

interface Reading {
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly batch: Batch
}

/** @returns whether it is one of VoTT's */
async function* readFile(
  input: DatasetInput,
  { name, path, sizeBytes }: SlashedEntry,
  { target, tally, batch }: Reading,
): AsyncGenerator<NewAnnotation[], boolean> {
  const refuse = refuseIn(input.file, name)
  const context: AssetContext = { target, tally, refuse, add: batch.add, subset: subsetOf(path) }
  // Of a file of one asset: its parts, in whatever order they stand.
  let asset: unknown
  const regions: unknown[] = []
  const scanner = createJsonArrays({
    ...{
      file: input.file,
      entry: name,
      arrays: new Set(['regions', 'tags']),
      maps: new Set(['assets']),
    },
    onElement(key, index, value) {
      if (key === 'regions') regions.push(value)
      if (key === 'tags') describeTag(asObject(value, `tags[${index}]`, refuse), tally)
    },
    onEntry(_key, id, value) {
      const where = `assets["${id}"]`
      const entry = asObject(value, where, refuse)
      // A project's list of assets does not say what is on them.
      if (entry.asset !== undefined) addAsset(entry.asset, entry.regions, where, context)
    },
    onMember(key, value) {
      if (key === 'asset') asset = value
    },
  })
  let done = 0
  for await (const piece of input.text(name)) {
    throwIfCancelled(target.signal, 'The import')
    scanner.write(done === 0 ? piece.replace(/^\uFEFF/, '') : piece)
    done += piece.length
    target.progress(done, sizeBytes, name)
    const full = batch.take()
    if (full !== null) yield full
  }
  scanner.end()
  if (asset !== undefined) addAsset(asset, regions, '', context)
  return scanner.finished.has('assets') || asset !== undefined || /\.vott$/i.test(path)
}

function describeTag({ name, color }: JsonObject, tally: ImportTally): void {
  if (typeof name !== 'string' || name === '') return
  const isColor = typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)
  tally.describe({ name, ...(isColor ? { color: color.toLowerCase() } : {}) })
}

/** `train/vott-json-export/x-export.json`; VoTT itself knows no subsets. */
function subsetOf(path: string): string | undefined {
  return /^(?:.*\/)?([^/]+)\/vott-json-export\/[^/]+$/i.exec(path)?.[1]
}
