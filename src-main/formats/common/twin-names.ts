import type { DatasetFrame, DatasetSource } from '#main/core/ports.ts'
import { withoutExtension } from '../frame-matcher.ts'

/**
 * Names of pictures for formats that know a picture by its name without extension alone. Of pictures that differ in nothing
 * else each gets its extension twice (`a.jpg.jpg`, `a.png.png`), so that what is left is its own whole name.
 */
export function createTwinNames(
  source: Pick<DatasetSource, 'framesOnly'>,
): (frame: DatasetFrame) => string {
  const key = ({ fileName, subset }: DatasetFrame) => `${subset}/${withoutExtension(fileName)}`
  const seen = new Set<string>()
  const twins = new Set<string>()
  for (const frame of source.framesOnly()) (seen.has(key(frame)) ? twins : seen).add(key(frame))
  return (frame) => {
    const extension = frame.fileName.slice(withoutExtension(frame.fileName).length)
    return twins.has(key(frame)) ? frame.fileName + extension : frame.fileName
  }
}
