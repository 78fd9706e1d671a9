import { type Archive, type ArchiveEntry, ArchiveProblem } from './archive.ts'

/** An archive that no longer holds the entry: for the person that is a missing file. */
export class EntryMissing extends ArchiveProblem {}

/** @throws EntryMissing */
export function entryOf(archive: Archive, name: string): ArchiveEntry {
  const entry = archive.find(name)
  if (entry) return entry
  throw new EntryMissing(`"${name}" is no longer in the archive`)
}
