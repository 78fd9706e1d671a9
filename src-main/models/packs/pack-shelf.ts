import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelPack } from '../../core/ports.ts'
import { MANIFEST_NAME } from './manifest/parse-manifest.ts'
import { type ReadPack, readPack, stampOf } from './read-pack.ts'
import type { SettingsFile } from './settings-file.ts'

/** The packs there are: those that shipped, and those that were installed. */
export interface PackShelf {
  /** By name. A damaged pack is there with its problem and harms no other. */
  list(): Promise<ModelPack[]>
  get(id: string): Promise<ModelPack | undefined>
}

export interface PackFolders {
  /** Packs that ship; read only. */
  readonly shippedDir: string
  /** Packs of this data directory, in folders called by their ids. What begins with a dot is none. */
  readonly installedDir: string
}

/**
 * Manifests are read again only when they changed; files of weights are looked at by size and time each time, which is
 * quick, so that one that was taken away is noticed.
 */
export function createPackShelf(folders: PackFolders, settings: SettingsFile): PackShelf {
  const known = new Map<string, { manifestStamp: string; pack: ReadPack }>()

  async function read(folder: string, origin: ModelPack['origin']): Promise<ReadPack> {
    const manifestStamp = await stampOf(join(folder, MANIFEST_NAME))
    const before = known.get(folder)
    if (before?.manifestStamp === manifestStamp && (await isUnchanged(before.pack)))
      return before.pack
    const pack = await readPack(folder, origin)
    known.set(folder, { manifestStamp, pack })
    return pack
  }

  async function list(): Promise<ModelPack[]> {
    const { executionProviders } = await settings.read()
    const packs = new Map<string, ModelPack>()
    // An installed pack stands before one of the same id that a newer Fieldmark brings.
    for (const origin of ['shipped', 'installed'] as const) {
      const dir = origin === 'shipped' ? folders.shippedDir : folders.installedDir
      for (const folder of await foldersOf(dir)) {
        const pack = await read(folder, origin)
        packs.set(pack.id, { ...pack, executionProvider: executionProviders[pack.id] ?? null })
      }
    }
    return [...packs.values()].sort((a, b) => a.manifest.name.localeCompare(b.manifest.name, 'en'))
  }

  return {
    list,
    get: async (id) => (await list()).find((pack) => pack.id === id),
  }
}

async function isUnchanged(pack: ReadPack): Promise<boolean> {
  const again = await Promise.all(
    Object.values(pack.manifest.files).map((file) => stampOf(join(pack.folder, file.path))),
  )
  return again.every((stamp, index) => pack.fileStamps[index] === stamp)
}

async function foldersOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries
    .filter(
      (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()),
    )
    .map((entry) => join(dir, entry.name))
    .sort()
}
