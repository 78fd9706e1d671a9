import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally } from '../common/import-tally.ts'
import { createBatch } from '../common/new-shape.ts'
import { createDocumentReader } from './document.ts'
import { createXmlReader } from './xml-events.ts'

/**
 * Import CVAT 1.1, both XML flavours: a bare XML file or every `*.xml` of an archive. A file of any
 * size is read in constant memory.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readCvat(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  for (const { name, sizeBytes } of xmlEntries(input)) {
    const document = createDocumentReader({ target, tally, add: batch.add })
    const xml = createXmlReader(input, name, document)
    let done = 0
    for await (const piece of input.text(name)) {
      throwIfCancelled(target.signal, 'The import')
      xml.write(piece)
      done += piece.length
      target.progress(done, sizeBytes, name)
      const full = batch.take()
      if (full !== null) yield full
    }
    xml.end()
    if (!document.isCvat()) throw notCvat(input.file, `${name} has no <annotations>`)
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

function xmlEntries(input: DatasetInput): DatasetInput['entries'] {
  const [only] = input.entries
  if (input.entries.length === 1 && only?.name === input.file) return [only]
  const found = input.entries.filter(({ name }) => /\.xml$/i.test(name))
  if (found.length === 0) throw notCvat(input.file, 'it holds no XML file')
  return found
}

function notCvat(file: string, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'CVAT 1.1', expected })
}
