import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { isCvatFunction, readCvatFunction } from '../foreign/cvat-function.ts'
import type { ForeignManifest } from '../foreign/foreign-manifest.ts'
import { isXAnyLabeling, readXAnyLabeling } from '../foreign/x-anylabeling.ts'
import { readYaml } from '../foreign/yaml-text.ts'
import { MANIFEST_NAME } from '../manifest/parse-manifest.ts'
import { refuseManifest } from '../manifest/refuse.ts'
import { isClutter } from './unsafe-entry.ts'

/** Where a model lies, and what describes it. */
export interface FoundSource {
  /** What the paths of a manifest begin from. */
  readonly folder: string
  /** `manifest.json` of ours; null where there is none. */
  readonly manifestPath: string | null
  readonly foreign: ForeignManifest | null
  /** Names of the `.onnx` files in the folder. */
  readonly onnx: readonly string[]
  /** The one a person pointed at; null for a whole folder. */
  readonly wanted: string | null
}

/** Folders in folders a pack may lie in: archives are often wrapped once or twice. */
const DEEPEST = 3
const MOST_YAMLS = 20

/** @throws MODEL_UNREADABLE when nothing in it is a model, and what reading its manifest throws */
export async function lookInFolder(folder: string, depth = 0): Promise<FoundSource> {
  const entries = await readdir(folder, { withFileTypes: true })
  const visible = entries.filter(({ name }) => !isClutter(name))
  const names = visible.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  const onnx = names.filter(isOnnx).sort()
  const found = { folder, manifestPath: null, foreign: null, onnx, wanted: null }
  if (names.includes(MANIFEST_NAME)) return { ...found, manifestPath: join(folder, MANIFEST_NAME) }
  const foreign = await foreignIn(folder, names)
  if (foreign !== null) return { ...found, foreign }
  if (onnx.length > 0) return found
  const folders = visible.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const inner = folders.length === 1 ? folders[0] : folders.find((name) => name === 'onnx')
  if (inner !== undefined && depth < DEEPEST) return lookInFolder(join(folder, inner), depth + 1)
  const problem = `it holds neither ${MANIFEST_NAME}, nor a YAML of X-AnyLabeling or CVAT, nor an .onnx file`
  throw new AppError('MODEL_UNREADABLE', { path: folder, problem })
}

export const isOnnx = (name: string): boolean => extname(name).toLowerCase() === '.onnx'
export const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name)

/** `function.yaml` before others; a YAML that is about something else is passed over. */
async function foreignIn(
  folder: string,
  names: readonly string[],
): Promise<ForeignManifest | null> {
  const yamls = names.filter(isYaml).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const name of yamls.slice(0, MOST_YAMLS)) {
    const path = join(folder, name)
    const value = await readYaml(path).catch((error: unknown) => {
      if (error instanceof AppError) return null
      throw error
    })
    const foreign = foreignOf(value, path)
    if (foreign !== null) return foreign
  }
  return null
}

const rank = (name: string) => (name === 'function.yaml' ? 0 : 1)

/** @throws MODEL_MANIFEST_INVALID when it is of a kind that is known, and broken */
function foreignOf(value: unknown, path: string): ForeignManifest | null {
  if (isXAnyLabeling(value)) return readXAnyLabeling(value, path)
  return isCvatFunction(value) ? readCvatFunction(value, path) : null
}

/** A YAML a person pointed at. @throws MODEL_MANIFEST_INVALID */
export async function readForeign(path: string): Promise<ForeignManifest> {
  const foreign = foreignOf(await readYaml(path), path)
  if (foreign !== null) return foreign
  throw refuseManifest(
    path,
    'the file',
    'describes neither a model of X-AnyLabeling nor a function of CVAT',
  )
}
