import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { throwIfCancelled } from './cancel.ts'
import type { JsonArrays } from './json-arrays.ts'
import type { Batch } from './new-shape.ts'

export interface JsonPlace {
  readonly input: DatasetInput
  readonly entry: string
  readonly sizeBytes: number
  readonly target: Pick<ReadTarget, 'signal' | 'progress'>
}

/**
 * Feeds an entry to a scanner and gives what was gathered on the way, all of it at the end.
 * @throws CANCELLED, DATASET_INVALID
 */
export async function* scanJson(
  scanner: JsonArrays,
  { input, entry, sizeBytes, target }: JsonPlace,
  batch: Batch,
): AsyncGenerator<NewAnnotation[]> {
  let done = 0
  for await (const piece of input.text(entry)) {
    throwIfCancelled(target.signal, 'The import')
    scanner.write(piece)
    done += piece.length
    target.progress(done, sizeBytes, entry)
    const full = batch.take()
    if (full !== null) yield full
  }
  scanner.end()
  const rest = batch.take(true)
  if (rest !== null) yield rest
}
