import { join } from 'node:path'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, ModelFacts } from '../../family.ts'
import { readOnnxHeader } from '../../onnx/onnx-header.ts'
import type { ForeignManifest } from '../foreign/foreign-manifest.ts'
import { readManifest } from '../manifest/parse-manifest.ts'
import type { ModelSource } from '../source/open-source.ts'
import { type Candidate, candidatesOf, recognise } from './assign-roles.ts'
import { classListBeside } from './class-list.ts'
import { factsLines } from './facts-lines.ts'
import { propose } from './propose.ts'

/** What a person says of a model that does not say it itself. */
export interface Said {
  /** Id of its family. */
  readonly family?: string | undefined
  /** Names of its classes, in their order. */
  readonly labels?: readonly string[] | undefined
}

/**
 * Say what an opened source is, as far as its files tell.
 * @param path  what a person named, for people
 * @param said  what a person says of it
 * @throws MODEL_UNREADABLE, MODEL_MANIFEST_INVALID, NOT_FOUND of the family, INPUT_INVALID of the labels
 */
export async function inspectSource(
  source: ModelSource,
  path: string,
  families: readonly Family[],
  said: Said = {},
): Promise<ModelProposal> {
  if (source.manifestPath !== null) {
    const manifest = await readManifest(source.manifestPath)
    return ownProposal(source, path, families, manifest)
  }
  const { foreign, wanted } = source
  const { facts, candidates } = await candidatesIn(source, families)
  const family =
    said.family === undefined
      ? meant(foreign, candidates, families)
      : byPerson(families, said.family)
  const [best] = candidates
  const first = wanted ?? best?.roles[best.family.roles[0] ?? ''] ?? [...facts.keys()][0]
  return propose({
    path,
    foreign,
    facts,
    candidates: foreign?.kind
      ? candidates.filter((one) => one.family.kind === foreign.kind)
      : candidates,
    chosen: family,
    named: said.labels ?? null,
    classList: first === undefined ? null : await classListBeside(source.folder, first),
    wanted,
  })
}

/** A pack that says all itself. */
async function ownProposal(
  { folder }: ModelSource,
  path: string,
  families: readonly Family[],
  manifest: ModelManifest,
): Promise<ModelProposal> {
  const files = Object.entries(manifest.files).filter(([, file]) => file.url === undefined)
  const facts = await factsOf(
    folder,
    files.map(([, file]) => file.path),
    () => true,
  )
  const byRole = new Map(
    Object.entries(manifest.files).flatMap(([role, file]) => {
      const one = facts.get(file.path)
      return one ? [[role, one] as const] : []
    }),
  )
  const family = families.find(({ id }) => id === manifest.family)
  const roles = Object.fromEntries(files.map(([role, file]) => [role, file.path]))
  const recognised = family ? recognise(family, roles, facts) : null
  const { id = manifest.family, name = manifest.family, kind = manifest.kind } = family ?? {}
  return {
    path,
    manifest,
    families: family ? [{ id, name, kind, certainty: 1 }] : [],
    missing: family ? [] : ['family'],
    classes: recognised?.classes ?? null,
    readFrom: 'its manifest',
    facts: factsLines(byRole),
    notes: family
      ? []
      : [`There is no family ${manifest.family} here; it may be of a newer Fieldmark.`],
  }
}

function byPerson(families: readonly Family[], id: string): Family {
  const family = families.find((one) => one.id === id)
  if (family === undefined) throw new AppError('NOT_FOUND', { what: 'family', id })
  return family
}

/** What a description calls it counts, unless the file itself shows that it is another one. */
function meant(
  foreign: ForeignManifest | null,
  candidates: readonly Candidate[],
  families: readonly Family[],
): Family | null {
  const family = families.find(({ id }) => id === foreign?.family) ?? null
  return candidates.length === 0 || candidates.some((one) => one.family === family) ? family : null
}

/** Files that a foreign manifest names and that are here. */
function foreignNames({ foreign, onnx }: ModelSource): string[] {
  const named = Object.values(foreign?.files ?? {}).map(({ path }) => path)
  if (named.length === 0) return [...onnx]
  const there = new Set(onnx)
  return named.filter((path) => there.has(path) || path.includes('/'))
}

/** Files that nobody named and that cannot be read are passed over, unless none can. */
async function factsOf(
  folder: string,
  names: readonly string[],
  isNamed: (name: string) => boolean,
): Promise<ReadonlyMap<string, ModelFacts>> {
  const facts = new Map<string, ModelFacts>()
  let problem: unknown
  for (const name of names) {
    try {
      facts.set(name, (await readOnnxHeader(join(folder, name))).facts)
    } catch (error) {
      if (!(error instanceof AppError) || isNamed(name)) throw error
      problem ??= error
    }
  }
  if (facts.size === 0 && problem !== undefined) throw problem
  return facts
}

/** Half of a pack and its other half are called alike; nobody keeps more of them in one folder. */
const MOST_NEIGHBOURS = 8

async function candidatesIn(
  { folder, foreign, wanted, onnx, ...source }: ModelSource,
  families: readonly Family[],
): Promise<{ facts: ReadonlyMap<string, ModelFacts>; candidates: Candidate[] }> {
  if (foreign !== null || wanted === null) {
    const names = foreign ? foreignNames({ folder, foreign, wanted, onnx, ...source }) : onnx
    const facts = await factsOf(folder, names, () => foreign !== null)
    return { facts, candidates: candidatesOf(facts, families, null) }
  }
  const alone = await factsOf(folder, [wanted], () => true)
  const candidates = candidatesOf(alone, families, wanted)
  const isWhole = ({ family }: Candidate) => !family.isHalf
  if (candidates.some(isWhole)) return { facts: alone, candidates }
  // A file that is nothing by itself may be half of a pack.
  const near = [...onnx].sort((a, b) => alike(b, wanted) - alike(a, wanted))
  const facts = await factsOf(folder, near.slice(0, MOST_NEIGHBOURS), (name) => name === wanted)
  const together = candidatesOf(facts, families, wanted)
  return together.some(isWhole) ? { facts, candidates: together } : { facts: alone, candidates }
}

/** How many characters two names begin with alike. */
function alike(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count++
  return a === b ? Number.POSITIVE_INFINITY : count
}
