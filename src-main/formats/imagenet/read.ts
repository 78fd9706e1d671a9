import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines, streamLines } from '../common/lines.ts'
import { type Batch, createBatch } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { refuseIn } from '../common/refuse.ts'
import { findLayout, type Layout } from './layout.ts'
import { parseListLine } from './list.ts'
import { NO_LABEL } from './write.ts'

/**
 * Import ImageNet 1.0: lists of numbers with `synsets.txt`, or pictures in a folder for each label.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readImageNet(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const known = new Set(target.labels.map(({ name }) => name))
  const layout = findLayout(input, (name) => known.has(name))
  const reading: Reading = {
    ...{ input, target, batch: createBatch() },
    tally: createImportTally(input.file, target),
  }
  if (layout.kind === 'lists') yield* readLists(layout, reading)
  else yield* readFolders(layout, reading)
  const rest = reading.batch.take(true)
  if (rest !== null) yield rest
  reading.tally.finish()
}

interface Reading {
  readonly input: DatasetInput
  readonly target: ReadTarget
  readonly tally: ImportTally
  readonly batch: Batch
}

async function* readLists(
  { synsets, lists }: Layout & { kind: 'lists' },
  { input, target, tally, batch }: Reading,
): AsyncGenerator<NewAnnotation[]> {
  const names = await readLines(input, synsets)
  while (names.at(-1) === '') names.pop()
  for (const name of names) tally.describe({ name, type: 'tag' })
  for (const { entry, subset, sizeBytes } of lists) {
    const refuse = refuseIn(input.file, entry)
    let done = 0
    for await (const lines of streamLines(input, entry)) {
      throwIfCancelled(target.signal, 'The import')
      for (const { number, text } of lines) {
        done += text.length + 1
        if (text.trim() === '') continue
        const where = `line ${number}`
        const line = parseListLine(text) ?? refuse(where, 'it is no name with numbers of labels')
        const labels = line.numbers.map((n) => names[n] ?? refuse(where, unknown(n, names.length)))
        const frame = tally.frame(line.name, undefined, subset)
        if (frame !== null) for (const label of labels) addTag(frame, label, tally, batch)
      }
      target.progress(Math.min(done, sizeBytes), sizeBytes, entry)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
}

function unknown(number: number, count: number): string {
  return `label number ${number} is not in synsets.txt, which has ${count} labels from 0 on`
}

function addTag(frame: DatasetFrame, name: string, tally: ImportTally, batch: Batch): void {
  const label = tally.label(name)
  if (label !== null) batch.add(newTag({ frame: frame.index, labelId: label.id }))
}

async function* readFolders(
  { pictures }: Layout & { kind: 'folders' },
  { target, tally, batch }: Reading,
): AsyncGenerator<NewAnnotation[]> {
  for (const [done, { folder, rest, subset }] of pictures.entries()) {
    throwIfCancelled(target.signal, 'The import')
    // A folder may be the frame's own, too; else the picture's name without it is what counts.
    const frame = tally.frameOf(folder === '' ? [rest] : [`${folder}/${rest}`, rest], subset)
    const isTag = folder !== '' && folder !== NO_LABEL
    if (frame !== null && isTag) addTag(frame, folder, tally, batch)
    target.progress(done + 1, pictures.length, rest)
    const full = batch.take()
    if (full !== null) yield full
  }
}
