import { stat, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import type { ModelFile, ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { readOnnxHeader } from '../../onnx/onnx-header.ts'
import { MANIFEST_NAME } from '../manifest/parse-manifest.ts'
import { refuseManifest } from '../manifest/refuse.ts'
import { type Copied, copyHashed } from './copy-file.ts'

export interface StageOptions {
  readonly signal: AbortSignal
  /** Get a file by its address; @returns where it lies now. */
  fetchFile(file: ModelFile & { readonly url: string }): Promise<string>
  /** Bytes that were copied, of how many that will be. */
  onBytes(here: number, total: number): void
}

interface Piece {
  /** Where it lies. */
  readonly from: string
  /** In the pack. */
  readonly path: string
}

/**
 * Put a pack together in a folder of its own: weights, those that lie in files beside them, card, and the manifest with hashes
 * and sizes.
 * @param folder  what the manifest's paths begin from
 * @throws MODEL_MANIFEST_INVALID, MODEL_CHECKSUM_WRONG, MODEL_UNREADABLE, CANCELLED, DOWNLOAD_*
 */
export async function stagePack(
  folder: string,
  manifest: ModelManifest,
  staged: string,
  options: StageOptions,
): Promise<ModelManifest> {
  const pieces = new Map<string, Piece>()
  for (const [role, file] of Object.entries(manifest.files)) {
    const from = await find(folder, role, file, options)
    for (const piece of await withWeights(from, file.path)) pieces.set(piece.path, piece)
  }
  const card = await cardOf(folder, manifest)
  if (card !== null) pieces.set(card.path, card)
  const copied = await copyAll([...pieces.values()], staged, options)
  const complete = { ...manifest, files: checked(manifest, copied) }
  if (card === null) delete complete.card
  await writeFile(join(staged, MANIFEST_NAME), `${JSON.stringify(complete, null, 2)}\n`)
  return complete
}

async function find(
  folder: string,
  role: string,
  file: ModelFile,
  { fetchFile }: StageOptions,
): Promise<string> {
  const here = join(folder, file.path)
  const info = await stat(here).catch(() => null)
  if (info?.isFile()) return here
  if (file.url !== undefined) return fetchFile({ ...file, url: file.url })
  const problem = `names ${file.path}, which is not there, and no address to get it from`
  throw refuseManifest(folder, `files.${role}.path`, problem)
}

/** Large models keep their weights in files beside them, which they name themselves. */
async function withWeights(from: string, path: string): Promise<Piece[]> {
  const { externalFiles } = await readOnnxHeader(from)
  return [
    { from, path },
    ...externalFiles.map(({ location }) => ({
      from: join(dirname(from), location),
      path: posix.join(posix.dirname(path), location),
    })),
  ]
}

async function cardOf(folder: string, { card }: ModelManifest): Promise<Piece | null> {
  if (card === undefined) return null
  const from = join(folder, card)
  const info = await stat(from).catch(() => null)
  return info?.isFile() && info.size <= 2 ** 20 ? { from, path: card } : null
}

async function copyAll(
  pieces: readonly Piece[],
  staged: string,
  { signal, onBytes }: StageOptions,
): Promise<Map<string, Copied & { readonly from: string }>> {
  const sizes = await Promise.all(pieces.map(({ from }) => stat(from)))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  const copied = new Map<string, Copied & { from: string }>()
  let here = 0
  for (const { from, path } of pieces) {
    const one = await copyHashed(from, join(staged, path), {
      signal,
      onBytes(bytes) {
        here += bytes
        onBytes(here, total)
      },
    })
    copied.set(path, { ...one, from })
  }
  return copied
}

/** @throws MODEL_CHECKSUM_WRONG where the manifest promised another file */
function checked(
  { files }: ModelManifest,
  copied: ReadonlyMap<string, Copied & { readonly from: string }>,
): ModelManifest['files'] {
  const known = Object.entries(files).map(([role, file]) => {
    const one = copied.get(file.path)
    if (one === undefined) return [role, file] as const
    const { sha256, sizeBytes, from } = one
    if (file.sha256 !== undefined && file.sha256 !== sha256) {
      throw new AppError('MODEL_CHECKSUM_WRONG', {
        path: from,
        expected: file.sha256,
        actual: sha256,
      })
    }
    return [role, { ...file, sha256, sizeBytes }] as const
  })
  return Object.fromEntries(known)
}
