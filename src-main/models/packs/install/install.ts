import { constants } from 'node:fs'
import { copyFile, link, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelFile, ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { InstallOrder, ModelWork, NetworkLog } from '../../../core/ports.ts'
import type { Family } from '../../family.ts'
import { addressOf, fileNameOf, isAddress, sayableUrl } from '../download/address.ts'
import { download } from '../download/download.ts'
import { removePart } from '../download/part-file.ts'
import { createRate, sizeText } from '../download/rate.ts'
import { inspectSource } from '../inspect/inspect.ts'
import { checkManifest, readManifest } from '../manifest/parse-manifest.ts'
import { openSource } from '../source/open-source.ts'
import { onDisk } from './disk-errors.ts'
import { type ModelFolders, makeScratch } from './folders.ts'
import { stagePack } from './stage.ts'
import { putInPlace } from './swap.ts'

export interface InstallDeps {
  readonly folders: ModelFolders
  readonly families: readonly Family[]
  readonly log: NetworkLog
  /** `User-Agent` */
  readonly agent: string
  /** @throws MODEL_EXISTS, MODEL_SHIPPED when a pack of this id must not be put there */
  refuseTaken(id: string, overwrite: boolean): Promise<void>
  /** Load it once. @throws MODEL_* when it does not do what its manifest says */
  tryLoading(folder: string, manifest: ModelManifest, signal: AbortSignal): Promise<void>
  /** Nothing of this id may stay loaded: its files are about to change. */
  release(id: string): void
  /** For tests. */
  readonly pausesMs?: readonly number[]
}

/**
 * Bring a model here: find it, put it together in a folder of its own, load it once, and put it in its place by one rename. Whatever
 * happens before that leaves everything as it was, but for what was downloaded: that is gone on with next time.
 * @returns its manifest, with hashes
 * @throws MODEL_*, DOWNLOAD_*, ARCHIVE_*, DISK_FULL, DATA_DIR_READ_ONLY, CANCELLED
 */
export async function installModel(
  deps: InstallDeps,
  order: InstallOrder,
  work: ModelWork,
): Promise<ModelManifest> {
  return onDisk(deps.folders.packs, async () => {
    const parts: string[] = []
    const got = isAddress(order.from) ? await fetchSource(deps, order, work, parts) : null
    const scratch = await makeScratch(deps.folders)
    try {
      const source = await openSource(got?.path ?? order.from, {
        scratch: () => makeScratch(deps.folders),
        signal: work.signal,
      })
      try {
        const wanted = await manifestFor(deps, order, source)
        const manifest = withAddresses(wanted, order.from)
        await deps.refuseTaken(manifest.id, order.overwrite)
        const complete = await stagePack(source.folder, manifest, scratch.folder, {
          signal: work.signal,
          fetchFile: (file) => fetchFile(deps, file, work, parts),
          onBytes: (here, total) => work.onProgress(LOADING * (here / total), 'Copying'),
        })
        work.onProgress(LOADING, 'Loading it once')
        await deps.tryLoading(scratch.folder, complete, work.signal)
        if (work.signal.aborted) throw new AppError('CANCELLED', { what: 'Installing' })
        deps.release(complete.id)
        await putInPlace(deps.folders, complete.id, scratch.folder)
        for (const part of parts) await removePart(part)
        return complete
      } finally {
        await source.close()
      }
    } finally {
      await scratch.remove()
      await got?.close()
    }
  })
}

/** Of the way, the last piece is the first load. */
const LOADING = 0.9

async function manifestFor(
  { families }: InstallDeps,
  { from, manifest, ...said }: InstallOrder,
  source: Awaited<ReturnType<typeof openSource>>,
): Promise<ModelManifest> {
  if (manifest !== undefined) return checkManifest(manifest, shown(from))
  if (source.manifestPath !== null) {
    return { ...(await readManifest(source.manifestPath)), ...named(said) }
  }
  const proposal = await inspectSource(source, shown(from), families, said)
  const missing = missingWords(proposal)
  if (missing === '') return { ...proposal.manifest, ...named(said) }
  throw new AppError('MODEL_INCOMPLETE', { path: shown(from), missing })
}

const named = ({ id, name }: Pick<InstallOrder, 'id' | 'name'>) => ({
  ...(id === undefined ? {} : { id }),
  ...(name === undefined ? {} : { name }),
})

/** Labels that were guessed are good enough for whoever does not ask. */
function missingWords({ missing, manifest, classes }: ModelProposal): string {
  const words = {
    family: 'which family it belongs to',
    labels: `the names of its ${classes === null ? '' : `${classes} `}classes`,
    size: 'the size of its input',
  }
  return missing
    .filter((one) => one !== 'labels' || manifest.labels.length === 0)
    .map((one) => words[one])
    .join(', ')
}

const shown = (from: string) => (isAddress(from) ? sayableUrl(addressOf(from).url) : from)

/** Files that a manifest of the network names lie beside it there. */
function withAddresses(manifest: ModelManifest, from: string): ModelManifest {
  if (!isAddress(from) || !/\.(json|ya?ml)$/i.test(addressOf(from).url.pathname)) return manifest
  const beside = ([role, file]: [string, ModelFile]): [string, ModelFile] => [
    role,
    { ...file, url: file.url ?? new URL(file.path, from).href },
  ]
  return { ...manifest, files: Object.fromEntries(Object.entries(manifest.files).map(beside)) }
}

/** What an address gives, under its own name, in a folder of its own; the part stays until the pack is in its place. */
async function fetchSource(
  deps: InstallDeps,
  { from, sha256 }: InstallOrder,
  work: ModelWork,
  parts: string[],
): Promise<{ path: string; close(): Promise<void> }> {
  const part = await fetchFile(deps, { url: from, sha256 }, work, parts)
  const { folder, remove } = await makeScratch(deps.folders)
  const path = join(folder, fileNameOf(addressOf(from).url))
  // Another name for the same bytes, where the drive knows such a thing.
  await link(part, path).catch(() => copyFile(part, path, constants.COPYFILE_FICLONE))
  return { path, close: remove }
}

async function fetchFile(
  { folders, log, agent, pausesMs }: InstallDeps,
  { url, sha256 }: { readonly url: string; readonly sha256?: string | undefined },
  { signal, onProgress }: ModelWork,
  parts: string[],
): Promise<string> {
  const name = fileNameOf(addressOf(url).url)
  const rate = createRate()
  let before: number | null = null
  const part = await download(url, {
    folder: folders.downloads,
    sha256,
    signal,
    agent,
    log,
    ...(pausesMs ? { pausesMs } : {}),
    onBytes(here, total) {
      // What an earlier try left is here, and did not come just now.
      if (before !== null && here > before) rate.add(here - before)
      before = here
      onProgress(
        total === null || total === 0 ? null : LOADING * (here / total),
        `Downloading ${name}: ${amount(here, total)}${speed(rate.now())}`,
      )
    },
  })
  parts.push(part)
  const { size } = await stat(part)
  onProgress(null, `Downloaded ${name}: ${sizeText(size)}`)
  return part
}

const amount = (here: number, total: number | null) =>
  total === null ? sizeText(here) : `${sizeText(here)} of ${sizeText(total)}`
const speed = (bytesASecond: number | null) =>
  bytesASecond === null ? '' : `, ${sizeText(bytesASecond)}/s`
