import type { ZodError } from 'zod'
import { type ModelManifest, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import { readText } from './read-text.ts'
import { refuseManifest } from './refuse.ts'
import { pathProblem } from './relative-path.ts'

export const MANIFEST_NAME = 'manifest.json'
/** 20,000 labels with attributes fit. */
const MOST_MANIFEST_BYTES = 2 ** 23

/** @throws MODEL_MANIFEST_INVALID with the field and what is wrong with it */
export async function readManifest(path: string): Promise<ModelManifest> {
  return parseManifest(await readText(path, MOST_MANIFEST_BYTES), path)
}

/**
 * @param path  for people: which file it is
 * @throws MODEL_MANIFEST_INVALID
 */
export function parseManifest(text: string, path: string): ModelManifest {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw refuseManifest(path, 'the file', `is not JSON: ${detail}`)
  }
  return checkManifest(value, path)
}

/**
 * What the schema says of each field, and what it cannot say: paths stay in the folder, names are told apart, files
 * there are.
 * @throws MODEL_MANIFEST_INVALID
 */
export function checkManifest(value: unknown, path: string): ModelManifest {
  const parsed = modelManifestSchema.safeParse(value)
  if (!parsed.success) throw refuseManifest(path, ...firstIssue(parsed.error))
  const manifest = parsed.data
  const problem = pathsProblem(manifest) ?? labelsProblem(manifest)
  if (problem !== null) throw refuseManifest(path, ...problem)
  return manifest
}

type Problem = readonly [where: string, problem: string]

function firstIssue(error: ZodError): Problem {
  const [issue] = error.issues
  if (issue === undefined) return ['the manifest', 'is invalid']
  const keys = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return [[...keys, issue.keys[0] ?? ''].join('.'), 'is a field nobody knows']
  }
  return [keys.join('.') || 'the manifest', `is not as it should be: ${uncapital(issue.message)}`]
}

const uncapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function pathsProblem({ files, card }: ModelManifest): Problem | null {
  const roles = Object.entries(files)
  if (roles.length === 0) return ['files', 'names no file']
  if (roles.length > 16) return ['files', 'names more than 16 files']
  for (const [role, file] of roles) {
    const problem = pathProblem(file.path)
    if (problem !== null) return [`files.${role}.path`, problem]
    if (file.url !== undefined && !/^https?:\/\//i.test(file.url)) {
      return [`files.${role}.url`, 'is neither http nor https']
    }
    if (file.path.toLowerCase() === MANIFEST_NAME) {
      return [`files.${role}.path`, 'is the manifest itself']
    }
  }
  const problem = card === undefined ? null : pathProblem(card)
  return problem === null ? null : ['card', problem]
}

function labelsProblem({ labels }: ModelManifest): Problem | null {
  for (const [index, label] of labels.entries()) {
    const where = `labels.${index}`
    if (label.name.trim() === '') return [`${where}.name`, 'is empty']
    const twin = twinOf(label.sublabels)
    if (twin !== null) return [`${where}.sublabels`, `have two called "${twin}"`]
    if (label.type === 'skeleton' && label.sublabels.length === 0) {
      return [`${where}.sublabels`, 'are missing: a skeleton has joints']
    }
  }
  return null
}

function twinOf(items: readonly { readonly name: string }[]): string | null {
  const seen = new Set<string>()
  for (const { name } of items) {
    if (seen.has(name)) return name
    seen.add(name)
  }
  return null
}
