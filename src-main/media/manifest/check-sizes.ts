import { AppError } from '#shared/errors/app-error.ts'
import type { ScannedFrame, ScanResult } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { readHeaders } from '../headers/read-headers.ts'
import { recordOf } from './picture-items.ts'

/** As many headers are read at once in any case; more would be the wait that a manifest saves. */
const LOOKED_AT = 256
const NAMED = 10

/**
 * Compare the sizes a manifest states with the files, all of them or as many spread evenly. Those not looked at are set right
 * when their headers are read; files that cannot be read are none of the manifest's business.
 * @throws MANIFEST_MISMATCH
 */
export async function checkSizes(
  scan: ScanResult,
  path: string,
  { shelf, signal }: { shelf: ArchiveShelf; signal: AbortSignal },
): Promise<void> {
  const stated = scan.frames.filter(({ size }) => size !== undefined)
  const step = Math.max(1, Math.ceil(stated.length / LOOKED_AT))
  const looked = stated.filter((_, at) => at % step === 0)
  const records = looked.flatMap((frame, index) => {
    const source = scan.sources[frame.sourceIndex]
    return source ? [recordOf({ name: frame.name, frame, source }, index)] : []
  })
  const differing: string[] = []
  for await (const headers of readHeaders(records, signal, shelf)) {
    for (const header of headers) {
      const clause = differenceOf(looked[header.index], header)
      if (clause) differing.push(clause)
    }
  }
  if (differing.length === 0) return
  const rest = differing.length - NAMED
  const shown = differing.slice(0, NAMED).join('; ') + (rest > 0 ? `; and ${rest} more` : '')
  throw new AppError('MANIFEST_MISMATCH', { path, differences: shown })
}

function differenceOf(
  frame: ScannedFrame | undefined,
  { width, height }: { width: number | null; height: number | null },
): string | null {
  if (!frame?.size || width === null || height === null) return null
  const { size, name } = frame
  if (size.width === width && size.height === height) return null
  return `${name} is ${width} × ${height} pixels and not ${size.width} × ${size.height}`
}
