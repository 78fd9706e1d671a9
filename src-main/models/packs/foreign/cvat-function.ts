import { posix } from 'node:path'
import { z } from 'zod'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { ModelFile } from '#shared/domain/model-manifest.ts'
import {
  type NuclioFunction,
  readNuclioFunction,
} from '#shared/functions/nuclio/nuclio-function.ts'
import { refuseManifest } from '../manifest/refuse.ts'
import type { ForeignManifest } from './foreign-manifest.ts'
import { byIndex } from './labels.ts'

/** Whether parsed YAML looks like a function of CVAT's. */
export function isCvatFunction(value: unknown): boolean {
  const { success, data } = z
    .looseObject({
      metadata: z.looseObject({ annotations: z.looseObject({}) }),
      spec: z.looseObject({}),
    })
    .safeParse(value)
  return success && ('spec' in data.metadata.annotations || 'type' in data.metadata.annotations)
}

/**
 * A CVAT function whose model is an ONNX file: its labels and its name. What its Python does around the model is not read.
 * @param path  for people: which file it is
 * @throws MODEL_MANIFEST_INVALID
 */
export function readCvatFunction(value: unknown, path: string): ForeignManifest {
  const reading = readNuclioFunction(value)
  if ('problem' in reading) throw refuseManifest(path, 'the function:', reading.problem)
  const found = reading.function
  return {
    readFrom: `${posix.basename(path.replaceAll('\\', '/'))} of CVAT`,
    name: found.title,
    kind: found.kind,
    family: null,
    description: found.description,
    version: '',
    source: '',
    files: filesOf(value),
    labels: labelsOf(found, value, path),
    input: null,
    parameters: {},
    options: {},
    notes: ['What the Python of this function does before and after the model is not used here.'],
  }
}

const id = z
  .int()
  .nonnegative()
  .max(2 ** 31)
const withIds = z.array(
  z.looseObject({
    id: id.optional(),
    sublabels: z.array(z.looseObject({ id: id.optional() })).nullish(),
  }),
)
type Ids = z.output<typeof withIds>

/** At the places of the class index and of the key points, where all say which. */
function labelsOf(
  { labels }: NuclioFunction,
  value: unknown,
  path: string,
): FunctionLabel[] | null {
  if (labels.length === 0) return null
  const ids = idsOf(value)
  const sorted = labels.map((label, index) => ({
    ...label,
    sublabels: byId(label.sublabels, ids[index]?.sublabels ?? []),
  }))
  if (ids.length !== labels.length || ids.some(({ id }) => id === undefined)) return sorted
  const placed = byIndex(
    sorted.map((label, index) => [ids[index]?.id ?? 0, label] as const),
    'any',
  )
  if (placed === null) throw refuseManifest(path, 'spec', 'has an id that is no class index')
  return placed
}

function idsOf(value: unknown): Ids {
  const spec = z
    .object({ metadata: z.object({ annotations: z.object({ spec: z.unknown() }) }) })
    .safeParse(value).data?.metadata.annotations.spec
  try {
    return withIds.safeParse(typeof spec === 'string' ? JSON.parse(spec) : spec).data ?? []
  } catch {
    return []
  }
}

function byId<T>(items: readonly T[], ids: readonly { id?: number | undefined }[]): T[] {
  if (ids.length !== items.length || ids.some(({ id }) => id === undefined)) return [...items]
  return items
    .map((item, index) => ({ item, id: ids[index]?.id ?? 0 }))
    .sort((a, b) => a.id - b.id)
    .map(({ item }) => item)
}

const text = z.unknown().transform((it) => (typeof it === 'string' ? it.slice(0, 10_000) : ''))
const buildSchema = z.object({
  spec: z.object({
    env: z.array(z.object({ value: text })).catch([]),
    build: z
      .object({ directives: z.record(z.string(), z.array(z.object({ value: text })).catch([])) })
      .catch({ directives: {} }),
  }),
})

const ONNX_NAME = /[^\s'"=,;:]+\.onnx\b/gi
const ONNX_URL = /https?:\/\/[^\s'"]+\.onnx\b[^\s'"]*/i

/** The ONNX files its image is built with: downloaded by a directive, or named by the environment. Which role has which, the files tell. */
function filesOf(value: unknown): Record<string, ModelFile> {
  const { data } = buildSchema.safeParse(value)
  const lines = [
    ...Object.values(data?.spec.build.directives ?? {}).flat(),
    ...(data?.spec.env ?? []),
  ]
  const files = new Map<string, ModelFile>()
  for (const { value: line } of lines) {
    const url = ONNX_URL.exec(line)?.[0]
    for (const name of line.match(ONNX_NAME) ?? []) {
      const path = posix.basename(name)
      if (files.get(path)?.url !== undefined) continue
      files.set(path, { path, ...(url?.includes(path) ? { url } : {}) })
    }
  }
  return Object.fromEntries([...files.values()].map((file, index) => [`file${index}`, file]))
}
