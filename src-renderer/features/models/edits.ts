import type { FunctionLabel } from '#shared/domain/function.ts'
import type { Model, ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'

/** What a person said in the card, over what the files say. */
export interface Edits {
  readonly name?: string
  readonly id?: string
  /** In the order of the class numbers. */
  readonly labels?: readonly string[]
  /** Of the picture a net is fed, in pixels; null: not said yet. */
  readonly width?: number | null
  readonly height?: number | null
}

/** The manifest as it would be installed. */
export function withEdits({ manifest }: Pick<ModelProposal, 'manifest'>, edits: Edits) {
  const { width, height } = edits
  const inputs =
    width && height
      ? { ...manifest.inputs, '*': { ...manifest.inputs['*'], width, height } }
      : manifest.inputs
  return {
    ...manifest,
    name: edits.name ?? manifest.name,
    id: edits.id ?? manifest.id,
    labels: edits.labels ? labelsNamed(edits.labels, manifest) : manifest.labels,
    inputs,
  } satisfies ModelManifest
}

/** Names a person gave, of the kind of label the file has. */
function labelsNamed(names: readonly string[], { labels }: ModelManifest): FunctionLabel[] {
  const [like] = labels
  return names.map((name, at) => ({
    ...(labels[at] ?? like ?? { type: 'any', attributes: [], sublabels: [], svg: null }),
    name,
  }))
}

export type Question = 'family' | 'files' | 'labels' | 'size' | 'name' | 'id' | 'id-shipped'

/**
 * What must be said before a model can be installed.
 * @param roles  of the files its family takes; null while nobody knows
 * @param taken  the model here that has its id; null for none
 */
export function openQuestions(
  { missing, classes }: Pick<ModelProposal, 'missing' | 'classes'>,
  manifest: ModelManifest,
  { roles, taken }: { roles: readonly string[] | null; taken: Pick<Model, 'origin'> | null },
): Question[] {
  const { id, name, kind, labels, files, inputs } = manifest
  const questions: Question[] = []
  if (missing.includes('family')) questions.push('family')
  else if (roles?.some((role) => !(role in files))) questions.push('files')
  const isCounted = classes === null ? labels.length > 0 : labels.length === classes
  const asksLabels = missing.includes('labels') || labels.length > 0
  if (kind === 'detector' && asksLabels && !isCounted) questions.push('labels')
  const isSized = Object.values(inputs).some(({ width, height }) => width && height)
  if (missing.includes('size') && !isSized) questions.push('size')
  if (name.trim() === '') questions.push('name')
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(id)) questions.push('id')
  else if (taken?.origin === 'shipped') questions.push('id-shipped')
  return questions
}
