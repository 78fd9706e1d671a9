import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { WireError } from './wire.ts'

/** What an initializer says of weights that lie in another file. */
export interface ExternalData {
  readonly location: string
  readonly offset: number
  /** Bytes; 0: to the end of the file. */
  readonly length: number
}

export interface ExternalFile {
  /** As the model names it: relative to its own folder, `/` between folders. */
  readonly location: string
  readonly sizeBytes: number
}

/** @param facts  of `TensorProto.external_data` */
export function externalDataOf(facts: ReadonlyMap<string, string>): ExternalData {
  const count = (key: string) => {
    const value = Number(facts.get(key) ?? 0)
    return Number.isSafeInteger(value) && value >= 0 ? value : Number.POSITIVE_INFINITY
  }
  return { location: facts.get('location') ?? '', offset: count('offset'), length: count('length') }
}

/**
 * The files that hold a model's weights. They must lie in its folder, and be as long as it says.
 * @param needs  how many bytes of each file it reads, at least
 * @throws WireError with what is wrong with them
 */
export async function externalFiles(
  path: string,
  needs: ReadonlyMap<string, number>,
): Promise<ExternalFile[]> {
  const files: ExternalFile[] = []
  for (const [location, bytes] of needs) {
    if (!staysInside(location))
      throw new WireError(`its weights are in ${location || 'no file'}, outside of its folder`)
    const info = await stat(join(dirname(path), location)).catch(() => null)
    if (!info?.isFile())
      throw new WireError(`its weights are in ${location}, which is not beside it`)
    if (info.size < bytes) throw new WireError(`its weights in ${location} are cut off`)
    files.push({ location, sizeBytes: info.size })
  }
  return files
}

function staysInside(location: string): boolean {
  const plain = normalize(location.replaceAll('\\', '/')).replaceAll('\\', '/')
  const leaves = plain === '..' || plain.startsWith('../') || isAbsolute(location)
  return location !== '' && !leaves && !/^[a-z]:|\0/i.test(location) && !plain.startsWith('/')
}
