import type { Entry } from 'yauzl'
import { pathProblem } from '../manifest/relative-path.ts'

/** Weights hardly pack; deflate cannot pass 1,032, which is what bombs come near. */
const MOST_EXPANSION = 400
/** Below this size any ratio is harmless. */
const SMALL_BYTES = 2 ** 25
const SYMBOLIC_LINK = 0o120_000
const FILE_TYPE = 0o170_000

/** Why an entry must not be unpacked, a clause; null when it may. */
export function entryProblem(entry: Entry): string | null {
  const path = entry.fileName.replace(/\/$/, '')
  const named = pathProblem(path)
  if (named !== null) return `has a name that ${named}`
  if (entry.isEncrypted()) return 'is encrypted'
  if (!entry.canDecodeFileData()) {
    return `is packed by method ${entry.compressionMethod}, which is neither store nor deflate`
  }
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) {
    return 'is a link to another place'
  }
  const { uncompressedSize, compressedSize } = entry
  if (uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MOST_EXPANSION) {
    return `would grow more than ${MOST_EXPANSION}-fold, as zip bombs do`
  }
  return null
}

/** What systems put into archives beside what people put there. */
export const isClutter = (name: string): boolean =>
  /(^|\/)(__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini)(\/|$)/i.test(name)
