/** What makes an archive's entry dangerous. Declared sizes are checked here, and never believed while unpacking. */
import { AppError } from '#shared/errors/app-error.ts'

const GIB = 1024 ** 3
/** No picture is larger; also bounds what one read may hold in memory. */
export const MAX_ENTRY_BYTES = GIB
/** Below this size a high ratio is harmless: a blank picture packs 1,000 : 1. */
const HARMLESS_BYTES = 128 * 1024 ** 2
const MAX_RATIO = 250
/** All entries together against the archive's own size: overlapping entries are the one way past deflate's 1,032. */
const MAX_TOTAL_RATIO = 1100

/** Why an entry's name must not be used, or null. Names are shown to people and become file names in exports. */
export function unsafeName(name: string): string | null {
  if (name === '') return 'has no name'
  if (name.includes('\0')) return 'has a NUL character in its name'
  if (name.includes('\\')) return 'has a backslash in its name'
  if (name.startsWith('/')) return 'has an absolute path'
  if (/^[a-z]:/i.test(name)) return 'names a drive'
  if (name.split('/').includes('..')) return 'leads out of the archive'
  return null
}

/** @throws ARCHIVE_UNSAFE */
export function checkName(path: string, name: string): void {
  const why = unsafeName(name)
  if (why) throw new AppError('ARCHIVE_UNSAFE', { path, entry: printable(name), why })
}

/** @throws ARCHIVE_UNSAFE if an entry would grow beyond reason */
export function checkExpansion(
  path: string,
  entry: { name: string; sizeBytes: number; packedBytes: number },
): void {
  const { sizeBytes, packedBytes } = entry
  const tooDense = sizeBytes > HARMLESS_BYTES && sizeBytes > packedBytes * MAX_RATIO
  if (sizeBytes <= MAX_ENTRY_BYTES && !tooDense) return
  const why = `would unpack from ${megabytes(packedBytes)} to ${megabytes(sizeBytes)}`
  throw new AppError('ARCHIVE_UNSAFE', { path, entry: printable(entry.name), why })
}

/** @throws ARCHIVE_UNSAFE if all entries together claim more than an archive of this size can hold */
export function checkTotal(path: string, lastEntry: string, total: number, archiveBytes: number) {
  if (total <= GIB || total <= archiveBytes * MAX_TOTAL_RATIO) return
  const why = `brings the unpacked size to ${megabytes(total)}, from an archive of ${megabytes(archiveBytes)}`
  throw new AppError('ARCHIVE_UNSAFE', { path, entry: printable(lastEntry), why })
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2).toLocaleString('en')} MB`

/** Control characters must not reach a terminal. */
const printable = (name: string) => name.replace(/\p{Cc}/gu, '�')
