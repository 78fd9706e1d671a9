import { posix } from 'node:path'
import { z } from 'zod'
import {
  type FunctionKind,
  type FunctionLabel,
  functionKindSchema,
  functionLabelSchema,
} from '#shared/domain/function.ts'
import { inputTypeSchema, labelTypeSchema } from '#shared/domain/label.ts'
import type { ModelFile } from '#shared/domain/model-manifest.ts'
import { refuseManifest } from '../manifest/refuse.ts'
import type { ForeignManifest } from './foreign-manifest.ts'
import { byIndex } from './labels.ts'

const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((it) => String(it ?? ''))

/** What is read of a `function.yaml` that CVAT would deploy (serverless functions of Nuclio). */
const functionSchema = z.looseObject({
  metadata: z.looseObject({
    name: text.default(''),
    annotations: z.record(z.string(), text).default({}),
  }),
  spec: z.looseObject({
    description: text.default(''),
    env: z.array(z.looseObject({ name: text, value: text.optional() })).nullish(),
    build: z
      .looseObject({
        directives: z
          .record(z.string(), z.array(z.looseObject({ value: text })).nullable())
          .nullish(),
      })
      .nullish(),
  }),
})
type CvatFunction = z.output<typeof functionSchema>

const attributeSchema = z.object({
  name: z.string(),
  input_type: inputTypeSchema,
  values: z.array(text).default([]),
})
const sublabelSchema = z.object({
  id: z.int().optional(),
  name: z.string().min(1),
  /** `unknown` is what CVAT says of a label without a type. */
  type: labelTypeSchema.catch('any').default('any'),
  attributes: z.array(attributeSchema).nullish(),
})
const labelSchema = sublabelSchema.extend({
  sublabels: z.array(sublabelSchema).nullish(),
  svg: z.string().nullish(),
})

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
  const parsed = functionSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuseManifest(path, issue?.path.join('.') || 'the file', 'is not as it should be')
  }
  const { metadata, spec } = parsed.data
  const { annotations } = metadata
  return {
    readFrom: `${posix.basename(path.replaceAll('\\', '/'))} of CVAT`,
    name: annotations.name || metadata.name,
    kind: kindOf(annotations.type ?? '', path),
    family: null,
    description: spec.description,
    version: annotations.version ?? '',
    source: '',
    files: filesOf(parsed.data),
    labels: labelsOf(annotations.spec ?? '', path),
    input: null,
    parameters: {},
    notes: ['What the Python of this function does before and after the model is not used here.'],
  }
}

function kindOf(type: string, path: string): FunctionKind {
  const kind = functionKindSchema.safeParse(type)
  if (kind.success) return kind.data
  throw refuseManifest(
    path,
    'metadata.annotations.type',
    'is neither detector, interactor, tracker nor reid',
  )
}

const ONNX_NAME = /[^\s'"=,;:]+\.onnx\b/gi
const ONNX_URL = /https?:\/\/[^\s'"]+\.onnx\b[^\s'"]*/i

/** The ONNX files its image is built with: downloaded by a directive, or named by the environment. Which role has which, the files tell. */
function filesOf({ spec }: CvatFunction): Record<string, ModelFile> {
  const lines = [
    ...Object.values(spec.build?.directives ?? {}).flatMap((list) => list ?? []),
    ...(spec.env ?? []),
  ].map(({ value }) => value ?? '')
  const files = new Map<string, ModelFile>()
  for (const line of lines) {
    const url = ONNX_URL.exec(line)?.[0]
    for (const name of line.match(ONNX_NAME) ?? []) {
      const path = posix.basename(name)
      if (files.get(path)?.url !== undefined) continue
      files.set(path, { path, ...(url?.includes(path) ? { url } : {}) })
    }
  }
  return Object.fromEntries([...files.values()].map((file, index) => [`file${index}`, file]))
}

/** `spec` is JSON as text: CVAT's labels. */
function labelsOf(spec: string, path: string): FunctionLabel[] | null {
  const where = 'metadata.annotations.spec'
  if (spec.trim() === '' || spec.trim() === 'null') return null
  let value: unknown
  try {
    value = JSON.parse(spec)
  } catch {
    throw refuseManifest(path, where, 'is not JSON')
  }
  const parsed = z.array(labelSchema).max(20_000).safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuseManifest(path, [where, ...(issue?.path ?? [])].join('.'), 'is not as it should be')
  }
  if (parsed.data.length === 0) return null
  return placed(parsed.data, where, path)
}

/** At the places their ids say, when all of them say one. */
function placed(
  labels: readonly z.output<typeof labelSchema>[],
  where: string,
  path: string,
): FunctionLabel[] {
  if (labels.some(({ id }) => id === undefined)) return labels.map(ours)
  const found = byIndex(
    labels.map((label) => [label.id ?? 0, ours(label)] as const),
    'any',
  )
  if (found === null) throw refuseManifest(path, where, 'has an id that is no class index')
  return found
}

const ours = (label: z.output<typeof labelSchema>): FunctionLabel =>
  functionLabelSchema.parse({
    ...sublabelOf(label),
    sublabels: byId(label.sublabels ?? []).map(sublabelOf),
    svg: label.svg ?? null,
  })

const byId = <T extends { id?: number | undefined }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id ?? 0) - (b.id ?? 0))

const sublabelOf = ({ name, type, attributes }: z.output<typeof sublabelSchema>) => ({
  name,
  type,
  attributes: (attributes ?? []).map(({ name, input_type, values }) => ({
    name,
    inputType: input_type,
    values,
  })),
})
