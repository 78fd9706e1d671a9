import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { videoExtensions } from '#shared/media/video-names.ts'

const KINDS: Record<string, 'image' | 'archive' | 'video' | 'json'> = {
  ...Object.fromEntries(
    ['.jpg', '.jpeg', '.png', '.webp', '.gif', '.tif', '.tiff', '.bmp', '.avif'].map((e) => [
      e,
      'image' as const,
    ]),
  ),
  ...Object.fromEntries(['.zip', '.tar', '.tgz', '.gz'].map((e) => [e, 'archive' as const])),
  ...Object.fromEntries(videoExtensions.map((e) => [`.${e}`, 'video' as const])),
  '.json': 'json',
  '.xml': 'json',
}

/** More would be unusable in a picker, and a folder of a million files must not freeze it. */
const SHOWN = 5000

/**
 * A folder of this machine for the picker: folders first, then files, both by name; hidden ones left out.
 * @throws MEDIA_NOT_FOUND
 */
export async function browseFolder(path: string | undefined) {
  const folder = resolve(path || homedir())
  const names = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path: folder }, { cause })
  })
  const shown = names
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || compare(a.name, b.name))
    .slice(0, SHOWN)
  const entries = await Promise.all(
    shown.map(async (entry) => {
      const full = join(folder, entry.name)
      if (entry.isDirectory()) {
        return { name: entry.name, path: full, kind: 'folder' as const, sizeBytes: null }
      }
      const size = await stat(full).then(
        (s) => s.size,
        () => null,
      )
      const kind = KINDS[extname(entry.name).toLowerCase()] ?? ('other' as const)
      return { name: entry.name, path: full, kind, sizeBytes: size }
    }),
  )
  const parent = dirname(folder)
  return { path: folder, parent: parent === folder ? null : parent, entries }
}

const collator = new Intl.Collator(undefined, { numeric: true })
const compare = (a: string, b: string) => collator.compare(a, b)
