import type { DatasetInput, RecordPicture } from '#main/core/ports.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { refuseIn } from '../common/refuse.ts'
import { decodeExample } from './example.ts'
import { pictureOf } from './item.ts'
import { findRecords } from './layout.ts'
import { readRecords } from './records.ts'

/**
 * The pictures in the records, one in memory at a time. One without a name is called by the number of its record, as the
 * reader calls it.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, CANCELLED
 */
export async function* tfRecordPictures(
  input: DatasetInput,
  signal: AbortSignal,
): AsyncGenerator<RecordPicture> {
  for (const { entry, subset } of await findRecords(input)) {
    const refuseAt = refuseIn(input.file, entry)
    const records = readRecords(input.pieces(entry), ({ number, offset }, problem) =>
      refuseAt(`record ${number} at byte ${offset}`, problem),
    )
    for await (const { number, offset, data } of records) {
      throwIfCancelled(signal, 'The import')
      const refuse = (problem: string) => refuseAt(`record ${number} at byte ${offset}`, problem)
      const picture = pictureOf(decodeExample(data, refuse), refuse)
      if (picture === null) continue
      const name = picture.name.startsWith('.') ? `record ${number}${picture.name}` : picture.name
      yield { name, subset, data: picture.data }
    }
  }
}
