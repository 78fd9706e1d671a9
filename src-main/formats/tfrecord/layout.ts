/** Which entries hold records, and the label map of each. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { baseName, type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { refuseIn } from '../common/refuse.ts'
import { SPLITS } from '../common/wild-labels.ts'
import { type LabelMap, parseLabelMap } from './label-map.ts'

export interface RecordFile {
  readonly entry: string
  readonly sizeBytes: number
  readonly subset: string
  readonly labelMap: LabelMap | null
}

/** `train.tfrecord`, `train.record`, `train.tfrecord-00003-of-00010`. */
const RECORDS = /^(.*?)\.(?:tf_?records?|records?)(?:-\d+-of-\d+)?$/i
/** A list of labels, not a data set. */
const MOST_CHARACTERS = 2 ** 24

/** @throws DATASET_NOT_THIS_FORMAT, DATASET_INVALID for a label map that is none */
export async function findRecords(input: DatasetInput): Promise<RecordFile[]> {
  const entries = slashedEntries(input)
  const files = entries.filter(({ path }) => isRecords(path))
  if (files.length === 0) {
    const expected = 'it needs a file of records, like default.tfrecord'
    const { file } = input
    throw new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'TFRecord 1.0', expected })
  }
  const maps = entries.filter(({ path }) => /\.pbtxt$/i.test(path))
  const parsed = new Map<string, LabelMap>()
  const found: RecordFile[] = []
  for (const { path, name, sizeBytes } of files) {
    const map = nearestMap(maps, folderOf(path))
    if (map !== null && !parsed.has(map.name)) parsed.set(map.name, await readMap(input, map.name))
    const labelMap = map === null ? null : (parsed.get(map.name) ?? null)
    found.push({ entry: name, sizeBytes, subset: subsetOf(path), labelMap })
  }
  return found
}

function isRecords(path: string): boolean {
  return RECORDS.test(baseName(path))
}

function folderOf(path: string): string {
  return path.slice(0, path.length - baseName(path).length)
}

/** In the folder of the records or above it; the one with the usual name first. */
function nearestMap(maps: readonly SlashedEntry[], folder: string): SlashedEntry | null {
  const above = maps.filter(({ path }) => folder.startsWith(folderOf(path)))
  const isOther = ({ path }: SlashedEntry) => (baseName(path) === 'label_map.pbtxt' ? 0 : 1)
  const depth = ({ path }: SlashedEntry) => folderOf(path).length
  return above.sort((a, b) => depth(b) - depth(a) || isOther(a) - isOther(b))[0] ?? null
}

/** The folder where it is called as a subset is, else the file's own name. */
function subsetOf(path: string): string {
  const folder = baseName(folderOf(path).slice(0, -1))
  return SPLITS.test(folder) ? folder : (RECORDS.exec(baseName(path))?.[1] ?? '')
}

async function readMap(input: DatasetInput, entry: string): Promise<LabelMap> {
  const refuse = refuseIn(input.file, entry)
  let text = ''
  for await (const piece of input.text(entry)) {
    text += piece
    if (text.length > MOST_CHARACTERS) refuse('the file', 'it is too large for a label map')
  }
  return parseLabelMap(text, (line, problem) => refuse(`line ${line}`, problem))
}
