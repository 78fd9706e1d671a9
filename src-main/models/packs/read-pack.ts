import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError, type ErrorBody, toErrorBody } from '#shared/errors/app-error.ts'
import type { ModelPack } from '../../core/ports.ts'
import { MANIFEST_NAME, readManifest } from './manifest/parse-manifest.ts'
import { readText } from './manifest/read-text.ts'
import { refuseManifest } from './manifest/refuse.ts'
import { UNKNOWN_FAMILY } from './unknown-family.ts'

const MOST_CARD_BYTES = 2 ** 20

export type ReadPack = Omit<ModelPack, 'executionProvider'> & {
  /** In the order of the manifest's files. */
  readonly fileStamps: readonly string[]
}

/**
 * A pack as it lies in its folder. It never throws: what is wrong with it is said in `problem`. Files are looked at by name
 * and size alone; their hashes were compared when they were installed.
 */
export async function readPack(folder: string, origin: ModelPack['origin']): Promise<ReadPack> {
  const path = join(folder, MANIFEST_NAME)
  const stamp = await stampOf(path)
  try {
    const manifest = await readManifest(path)
    const expected = origin === 'installed' ? basename(folder) : manifest.id
    if (manifest.id !== expected) throw refuseManifest(path, 'id', `is not ${expected}, its folder`)
    return {
      ...(await withFiles(folder, manifest, stamp)),
      origin,
      card: await cardOf(folder, manifest),
    }
  } catch (error) {
    return damaged(folder, origin, stamp, toErrorBody(error))
  }
}

/** A text that changes with the file; '' when it is not there. */
export async function stampOf(path: string): Promise<string> {
  return textOf(await stat(path).catch(() => null))
}

const textOf = (info: Stats | null) =>
  info === null ? '' : `${info.size}:${info.mtimeMs}:${info.ino}`

async function withFiles(folder: string, manifest: ModelManifest, manifestStamp: string) {
  const fileStamps: string[] = []
  let sizeBytes = 0
  let problem: ErrorBody | null = null
  for (const file of Object.values(manifest.files)) {
    const path = join(folder, file.path)
    const info = await stat(path).catch(() => null)
    const wrong = fileProblem(info, file.sizeBytes)
    if (wrong !== null) {
      problem ??= new AppError('MODEL_UNREADABLE', { path, problem: wrong }).toBody()
    }
    fileStamps.push(textOf(info))
    sizeBytes += info?.size ?? 0
  }
  const stamp = [manifestStamp, ...fileStamps].join(' ')
  return { id: manifest.id, manifest, folder, sizeBytes, problem, stamp, fileStamps }
}

function fileProblem(
  info: { isFile(): boolean; readonly size: number } | null,
  expected: number | undefined,
): string | null {
  if (info === null) return 'it is not there'
  if (!info.isFile()) return 'it is not a file'
  if (expected === undefined || info.size === expected) return null
  return `it has ${info.size} bytes, and ${expected} were expected`
}

/** A card that cannot be read is no reason not to use the model. */
async function cardOf(folder: string, { card }: ModelManifest): Promise<string> {
  if (card === undefined) return ''
  return readText(join(folder, card), MOST_CARD_BYTES).catch(() => '')
}

function damaged(
  folder: string,
  origin: ModelPack['origin'],
  stamp: string,
  problem: ErrorBody,
): ReadPack {
  const id = basename(folder)
  const manifest: ModelManifest = {
    manifest: 1,
    id,
    name: id,
    kind: 'detector',
    family: UNKNOWN_FAMILY,
    version: '',
    description: '',
    help: '',
    files: {},
    inputs: {},
    labels: [],
    parameters: {},
    options: {},
    licence: '',
    source: '',
  }
  return { id, manifest, folder, origin, sizeBytes: 0, card: '', stamp, fileStamps: [], problem }
}
