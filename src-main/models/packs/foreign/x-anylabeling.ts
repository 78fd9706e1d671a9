import { posix } from 'node:path'
import { z } from 'zod'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { ModelFile } from '#shared/domain/model-manifest.ts'
import { refuseManifest } from '../manifest/refuse.ts'
import type { ForeignManifest } from './foreign-manifest.ts'
import { byIndex, type LabelKind, labelOf, skeletonOf } from './labels.ts'
import { type KnownType, knownType } from './x-anylabeling-types.ts'

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const words = z.array(word)
const side = z.int().positive().max(16_384)

/** The keys that say something here; X-AnyLabeling knows more, of its own screen. Names changed between versions. */
const configSchema = z.looseObject({
  type: z.string().min(1).max(100),
  name: word.optional(),
  display_name: word.optional(),
  provider: word.optional(),
  model_path: z.string().optional(),
  encoder_model_path: z.string().optional(),
  decoder_model_path: z.string().optional(),
  classes: z.union([words, z.record(z.string(), z.union([words, word])), word]).optional(),
  keypoint_name: words.optional(),
  keypoints: words.optional(),
  conf_threshold: z.number().optional(),
  confidence_threshold: z.number().optional(),
  score_threshold: z.number().optional(),
  iou_threshold: z.number().optional(),
  nms_threshold: z.number().optional(),
  input_width: side.optional(),
  input_height: side.optional(),
  input_size: side.optional(),
  filter_classes: words.nullish(),
  agnostic: z.boolean().optional(),
  kpt_threshold: z.number().optional(),
  has_visible: z.boolean().optional(),
  num_select: z.int().positive().optional(),
})
type Config = z.output<typeof configSchema>

/** Whether parsed YAML looks like one of X-AnyLabeling: a type, and a model or two. */
export function isXAnyLabeling(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'type' in value && ('model_path' in value || 'encoder_model_path' in value)
}

/**
 * A configuration of X-AnyLabeling (and of AnyLabeling, its elder).
 * @param path  for people: which file it is
 * @throws MODEL_MANIFEST_INVALID
 * @see https://github.com/CVHub520/X-AnyLabeling/blob/main/docs/en/custom_model.md
 */
export function readXAnyLabeling(value: unknown, path: string): ForeignManifest {
  const parsed = configSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuseManifest(path, issue?.path.join('.') || 'the file', 'is not as it should be')
  }
  const config = parsed.data
  const known = knownType(config.type)
  const labels =
    known?.kind === 'interactor' ? [] : labelsOf(config, known?.labelType ?? 'any', path)
  return {
    readFrom: `${posix.basename(path.replaceAll('\\', '/'))} of X-AnyLabeling`,
    name: config.display_name ?? config.name ?? '',
    kind: known?.kind ?? null,
    family: known?.family ?? null,
    description: '',
    version: '',
    source: config.provider ?? '',
    files: filesOf(config),
    labels,
    input: inputOf(config, known),
    parameters: parametersOf(config),
    options: optionsOf(config, known, labels),
    notes: notesOf(config, known),
  }
}

function filesOf(config: Config): Record<string, ModelFile> {
  const paths = {
    model: config.model_path,
    encoder: config.encoder_model_path,
    decoder: config.decoder_model_path,
  }
  const named = Object.entries(paths).filter(([, path]) => path !== undefined && path !== '')
  return Object.fromEntries(named.map(([role, path]) => [role, fileOf(String(path))]))
}

/**
 * An address stays one, under the name it ends with. Of a path only its name counts when it leads elsewhere: people write
 * absolute ones of the machine they were on, and put the file beside the YAML when they pass it on.
 */
function fileOf(said: string): ModelFile {
  const path = said.trim().replaceAll('\\', '/')
  if (/^https?:\/\//i.test(path)) {
    const name = posix.basename(URL.parse(path)?.pathname ?? '')
    return { path: decodeName(name) || 'model.onnx', url: path }
  }
  const leadsAway = /^([a-z]:|\/|~)/i.test(path) || posix.normalize(path).startsWith('..')
  return { path: leadsAway ? posix.basename(path) : posix.normalize(path) }
}

function decodeName(name: string): string {
  try {
    return posix.basename(decodeURIComponent(name))
  } catch {
    return name
  }
}

function labelsOf(config: Config, type: LabelKind, path: string): FunctionLabel[] | null {
  const { classes } = config
  const joints = config.keypoint_name ?? config.keypoints
  const one = (name: string) =>
    type === 'skeleton' && joints ? skeletonOf(name, joints) : labelOf(name, type)
  if (classes === undefined) return joints && type === 'skeleton' ? [one('person')] : null
  if (typeof classes === 'string') return [one(classes)]
  if (Array.isArray(classes)) return classes.map(one)
  return labelsOfDict(classes, one, type, path)
}

/** By class index; or, of poses, the names of the key points by the name of the class. */
function labelsOfDict(
  classes: Readonly<Record<string, string | string[]>>,
  one: (name: string) => FunctionLabel,
  type: LabelKind,
  path: string,
): FunctionLabel[] | null {
  const entries = Object.entries(classes)
  if (entries.every(([, joints]) => Array.isArray(joints))) {
    return entries.map(([name, joints]) => skeletonOf(name, joints as string[]))
  }
  const labels = byIndex(
    entries.map(([index, name]) => [Number(index), one(String(name))] as const),
    type,
  )
  if (labels === null) throw refuseManifest(path, 'classes', 'has a key that is no class index')
  return labels
}

function inputOf(config: Config, known: KnownType | undefined): ForeignManifest['input'] {
  const width = config.input_width ?? config.input_size
  const height = config.input_height ?? config.input_size
  // SAM's sizes are those of its tensors, which the files state better.
  if (known?.kind === 'interactor' || width === undefined || height === undefined) return null
  return { width, height }
}

function parametersOf(config: Config): Record<string, number | boolean> {
  const threshold = config.conf_threshold ?? config.confidence_threshold ?? config.score_threshold
  const iou = config.iou_threshold ?? config.nms_threshold
  return {
    ...(isShare(threshold) ? { threshold } : {}),
    ...(isShare(iou) ? { iou } : {}),
    ...(isShare(config.kpt_threshold) ? { keypointThreshold: config.kpt_threshold } : {}),
    ...(config.num_select !== undefined ? { maxDetections: config.num_select } : {}),
    ...(config.agnostic !== undefined ? { agnostic: config.agnostic } : {}),
  }
}

const isShare = (value: number | undefined): value is number =>
  value !== undefined && value >= 0 && value <= 1

/** What a YOLO does, where its type says so; how its key points lie, which their number alone does not tell. */
function optionsOf(
  config: Config,
  known: KnownType | undefined,
  labels: readonly FunctionLabel[] | null,
): Record<string, unknown> {
  const joints = labels?.[0]?.sublabels.length ?? 0
  const isSaid = known?.task === 'pose' && joints > 0 && config.has_visible !== undefined
  return {
    ...(known?.task === undefined ? {} : { task: known.task }),
    ...(isSaid ? { keypoints: [joints, config.has_visible === true ? 3 : 2] } : {}),
  }
}

function notesOf(config: Config, known: KnownType | undefined): string[] {
  const notes: string[] = []
  if (known === undefined) notes.push(`X-AnyLabeling's type ${config.type} is not known here.`)
  else if (known.family === null) {
    notes.push(`Nothing here runs X-AnyLabeling's type ${config.type}.`)
  }
  const chosen = config.filter_classes?.length ?? 0
  if (chosen > 0) {
    notes.push(`It uses ${chosen} of its classes (filter_classes): map only those to labels.`)
  }
  return notes
}
