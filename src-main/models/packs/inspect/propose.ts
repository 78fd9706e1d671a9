import { cocoNames } from '#shared/domain/coco-names.ts'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelFile, ModelManifest, ModelManifestInput } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, ModelFacts } from '../../family.ts'
import type { ForeignManifest } from '../foreign/foreign-manifest.ts'
import { fillerName, type LabelKind, labelOf } from '../foreign/labels.ts'
import { checkManifest } from '../manifest/parse-manifest.ts'
import { readExporterNotes } from '../metadata/exporter-notes.ts'
import { UNKNOWN_FAMILY } from '../unknown-family.ts'
import type { Candidate } from './assign-roles.ts'
import type { ClassList } from './class-list.ts'
import { factsLines } from './facts-lines.ts'
import { commonStem, slug, titleOf } from './names.ts'

/** All that was read of files whose manifest nobody wrote. */
export interface Gathered {
  /** What a person named. */
  readonly path: string
  readonly foreign: ForeignManifest | null
  /** By the name of the file: what is here. */
  readonly facts: ReadonlyMap<string, ModelFacts>
  /** Best first. */
  readonly candidates: readonly Candidate[]
  /** The family a person, or a foreign manifest, chose; it need not be among the candidates. */
  readonly chosen: Family | null
  /** Names of its classes that a person said. */
  readonly named: readonly string[] | null
  readonly classList: ClassList | null
  /** The name of the file a person named; null for a folder. */
  readonly wanted: string | null
}

/** What a guided card begins with: everything that could be read, and what is missing. */
export function propose(gathered: Gathered): ModelProposal {
  const { path, foreign, facts, candidates, chosen } = gathered
  const candidate = chosen
    ? candidates.find(({ family }) => family.id === chosen.id)
    : candidates[0]
  const family = chosen ?? candidate?.family ?? null
  const files = filesFor(gathered, candidate, family)
  const labels = labelsFor(gathered, candidate, family)
  const manifest = checkManifest(
    {
      ...manifestBase(gathered, candidate, family),
      files,
      labels: labels.labels,
    } satisfies ModelManifestInput,
    path,
  )
  const used = new Map(
    Object.entries(files).flatMap(([role, { path }]) => {
      const one = facts.get(path)
      return one ? [[role, one] as const] : []
    }),
  )
  return {
    path,
    manifest,
    families: candidates.map(({ family: { id, name, kind }, recognised }) => ({
      id,
      name,
      kind,
      certainty: recognised.certainty,
    })),
    missing: missingOf(family, candidate, labels, manifest),
    classes: candidate?.recognised.classes ?? null,
    readFrom: foreign?.readFrom ?? 'its own metadata',
    facts: factsLines(used),
    notes: [...(foreign?.notes ?? []), ...labels.notes, ...otherNotes(gathered, used, family)],
  }
}

function manifestBase(
  { foreign, facts, wanted, path }: Gathered,
  candidate: Candidate | undefined,
  family: Family | null,
): Omit<ModelManifestInput, 'files' | 'labels'> {
  const read = candidate?.recognised.manifest ?? {}
  const [first] = facts.values()
  const notes = readExporterNotes(first?.metadata ?? {})
  const used = Object.values(candidate?.roles ?? {})
  const stem = (used.length === 1 && wanted) || commonStem(used) || wanted || path
  const title = foreign?.name.slice(0, 200) || read.name || titleOf(stem)
  return {
    manifest: 1,
    id: slug(foreign?.name || read.id || titleOf(stem)),
    name: title,
    kind: family?.kind ?? foreign?.kind ?? 'detector',
    family: family?.id ?? UNKNOWN_FAMILY,
    version: (foreign?.version || notes.version).slice(0, 100),
    description: (foreign?.description || read.description || notes.description).slice(0, 10_000),
    inputs: { ...read.inputs, ...(foreign?.input ? { '*': foreign.input } : {}) },
    parameters: { ...read.parameters, ...foreign?.parameters },
    options: { ...read.options, ...foreign?.options },
    licence: notes.licence.slice(0, 500),
    source: (foreign?.source || notes.author).slice(0, 2000),
  }
}

/** In the roles of the candidate; else as the foreign manifest says; else one file under the family's first role. */
function filesFor(
  { foreign, facts, wanted }: Gathered,
  candidate: Candidate | undefined,
  family: Family | null,
): Record<string, ModelFile> {
  const sized = (path: string): ModelFile => {
    const known = Object.values(foreign?.files ?? {}).find((file) => file.path === path)
    return { ...known, path }
  }
  if (candidate) {
    return Object.fromEntries(
      Object.entries(candidate.roles).map(([role, name]) => [role, sized(name)]),
    )
  }
  const named = Object.entries(foreign?.files ?? {})
  if (named.length > 0) return Object.fromEntries(inRoles(named, family))
  const names = wanted === null ? [...facts.keys()] : [wanted]
  return Object.fromEntries(
    inRoles(
      names.map((name, at) => [`file${at}`, sized(name)]),
      family,
    ),
  )
}

/** Roles as they are called when they are the family's; else the family's own, in order. */
function inRoles(
  named: readonly (readonly [role: string, file: ModelFile])[],
  family: Family | null,
): (readonly [string, ModelFile])[] {
  const roles = family?.roles ?? ['model']
  if (named.every(([role]) => roles.includes(role))) return [...named]
  return named.slice(0, 16).map(([role, file], index) => [roles[index] ?? role, file])
}

interface ChosenLabels {
  readonly labels: FunctionLabel[]
  readonly notes: string[]
  /** They are a guess, or there are none. */
  readonly areOpen: boolean
}

/** From the person, the foreign manifest, the file's own metadata, a list beside it, or COCO when the count fits, in this order. */
function labelsFor(
  { foreign, facts, named: said, classList }: Gathered,
  candidate: Candidate | undefined,
  family: Family | null,
): ChosenLabels {
  const none: ChosenLabels = { labels: [], notes: [], areOpen: false }
  if (family !== null && family.kind !== 'detector') return none
  const classes = candidate?.recognised.classes ?? null
  const own = candidate?.recognised.manifest.labels ?? []
  const isNamed = !candidate?.recognised.missing.includes('labels') && own.length > 0
  const type = own[0]?.type ?? typeOfTask(candidate)
  const isCount = (count: number) => isCountOf(candidate, count)
  const named = (names: readonly string[]) =>
    names.map((name) => ({ ...labelOf(name, type), sublabels: own[0]?.sublabels ?? [] }))
  if (said) return { ...none, labels: named(counted(said, candidate)) }
  if (foreign?.labels) return { ...none, labels: fitted(foreign.labels, classes, own, type) }
  if (isNamed) return { ...none, labels: own }
  const [net] = facts.values()
  const noted = readExporterNotes(net?.metadata ?? {}).names
  if (noted && isCount(noted.length)) {
    return { ...none, labels: named(noted) }
  }
  if (classList && isCount(classList.names.length)) {
    const note = `The names of its classes come from ${classList.file}, which lies beside it.`
    return { ...none, labels: named(classList.names), notes: [note] }
  }
  const coco = cocoNames(classes)
  if (coco === null)
    return { ...none, areOpen: classes !== 0 && !(classes === null && own.length > 0) }
  const note = `It has ${classes} classes and no names for them: these are COCO's. Check them on a picture.`
  return { labels: named(coco), notes: [note], areOpen: true }
}

/** Whether so many names may be those of its classes. */
function isCountOf(candidate: Candidate | undefined, count: number): boolean {
  const { classes = null, mayEndInNone = false } = candidate?.recognised ?? {}
  return classes === null || count === classes || (mayEndInNone && count === classes - 1)
}

/** @throws INPUT_INVALID where there are more or fewer than classes */
function counted(names: readonly string[], candidate: Candidate | undefined): readonly string[] {
  const classes = candidate?.recognised.classes ?? null
  if (classes === null || isCountOf(candidate, names.length)) return names
  const problem = `${names.length} names for ${classes} classes`
  throw new AppError('INPUT_INVALID', { where: 'labels', problem })
}

/** Ids of functions may begin at 1 where the net's begin at 0; types of joints and shapes the file knows better. */
function fitted(
  labels: readonly FunctionLabel[],
  classes: number | null,
  own: readonly FunctionLabel[],
  type: LabelKind,
): FunctionLabel[] {
  const beginsLate = labels.length - 1 === classes && labels[0]?.name === fillerName(0)
  const kept = beginsLate ? labels.slice(1) : labels
  return kept.map((label, index) => {
    if (label.type !== 'any' || type === 'skeleton') return label
    return { ...label, type: own[index]?.type ?? type }
  })
}

const TASK_TYPES: ReadonlyMap<unknown, LabelKind> = new Map([
  ['detect', 'rectangle'],
  ['obb', 'rectangle'],
  ['segment', 'mask'],
  ['classify', 'tag'],
])
const typeOfTask = (candidate: Candidate | undefined): LabelKind =>
  TASK_TYPES.get(candidate?.recognised.manifest.options?.task) ?? 'any'

function missingOf(
  family: Family | null,
  candidate: Candidate | undefined,
  labels: ChosenLabels,
  manifest: ModelManifest,
): ModelProposal['missing'] {
  const isSized = Object.values(manifest.inputs).some(({ width, height }) => width && height)
  const wantsSize = candidate?.recognised.missing.includes('size') && !isSized
  return [
    ...(family === null ? (['family'] as const) : []),
    ...(labels.areOpen && family !== null ? (['labels'] as const) : []),
    ...(wantsSize ? (['size'] as const) : []),
  ]
}

function otherNotes(
  { facts, candidates, chosen, wanted }: Gathered,
  used: ReadonlyMap<string, ModelFacts>,
  family: Family | null,
): string[] {
  const notes: string[] = []
  const left = wanted === null ? facts.size - used.size : 0
  if (left > 0) notes.push(`${left} other .onnx ${left === 1 ? 'file is' : 'files are'} left out.`)
  const isSeen = candidates.some((candidate) => candidate.family.id === chosen?.id)
  if (chosen && !isSeen && facts.size > 0) {
    notes.push(`It does not look like ${chosen.name}: try it on a picture before you install it.`)
  }
  if (family === null && facts.size > 0) {
    notes.push('None of the families here recognises its inputs and outputs.')
  }
  return notes
}
