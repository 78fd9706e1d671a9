import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../../common/cancel.ts'
import { createImportTally, type ImportTally } from '../../common/import-tally.ts'
import { createJsonArrays } from '../../common/json-arrays.ts'
import { type Batch, createBatch } from '../../common/new-shape.ts'
import { newTag } from '../../common/new-tag.ts'
import { baseName } from '../../common/pictures.ts'
import { type Refuse, refuseIn } from '../../common/refuse.ts'
import { scanJson } from '../../common/scan-json.ts'
import { findLayout, type LabelsList } from './layout.ts'
import { NO_LABEL } from './write.ts'

interface Reading {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly batch: Batch
  readonly tag: (frame: DatasetFrame | null, name: string) => void
}

/**
 * Import Ultralytics YOLO Classification 1.0: what a subset's `labels.json` says; without one the folder of a picture is its
 * label.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readClassification(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const { lists, pictures } = findLayout(input)
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  const reading = { input, target, tally, batch, tag: createTagger(tally, batch) }
  for (const list of lists) yield* readList(list, reading)
  for (const [done, { label, rest, subset }] of pictures.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const names: [string, ...string[]] = [`${label}/${rest}`, rest, baseName(rest)]
    const frame = tally.frameOf(names, subset)
    if (label !== NO_LABEL) reading.tag(frame, label)
    target.progress(done + 1, pictures.length, rest)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

/** Tells of each label once, and tags frames with it. */
function createTagger(tally: ImportTally, batch: Batch): Reading['tag'] {
  const known = new Set<string>()
  return (frame, name) => {
    if (!known.has(name)) tally.describe({ name, type: 'tag' })
    known.add(name)
    const label = frame && tally.label(name)
    if (label) batch.add(newTag({ frame: frame.index, labelId: label.id }))
  }
}

async function* readList(
  { entry, sizeBytes, subset }: LabelsList,
  { input, target, tally, batch, tag }: Reading,
): AsyncGenerator<NewAnnotation[]> {
  const refuse = refuseIn(input.file, entry)
  const place = { input, entry, sizeBytes, target }
  const scanner = createJsonArrays({
    ...{ file: input.file, entry, arrays: new Set<string>() },
    onElement: (key) => refuse(`"${key}"`, 'it must be an object with labels and path'),
    onMember(id, value) {
      const { labels, path } = toItem(id, value, refuse)
      const names: [string, ...string[]] = path === null ? [id] : [id, path]
      const frame = tally.frameOf(names, subset)
      for (const name of labels) tag(frame, name)
    },
  })
  yield* scanJson(scanner, place, batch)
}

function toItem(
  id: string,
  value: unknown,
  refuse: Refuse,
): { labels: ReadonlySet<string>; path: string | null } {
  const { labels, path }: { labels?: unknown; path?: unknown } =
    typeof value === 'object' && value !== null ? value : {}
  if (!Array.isArray(labels) || !labels.every((name) => typeof name === 'string')) {
    refuse(`"${id}".labels`, 'it must be a list of names')
  }
  return { labels: new Set(labels as string[]), path: typeof path === 'string' ? path : null }
}
