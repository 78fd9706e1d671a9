import type { TaskId } from '#shared/domain/ids.ts'
import type { ImportPreview, PreviewLabel } from '#shared/domain/import-preview.ts'
import type { NewAnnotation } from '../../ports.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { AlreadyHere } from './already-here.ts'
import { lookInto } from './draft-labels.ts'
import type { FoundLabel, FoundLabels } from './found-labels.ts'
import { jobPartOf } from './import-dataset.ts'
import { type ImportParams, importParams } from './import-params.ts'
import type { JobPart } from './job-part.ts'
import { nearestName } from './nearest-label.ts'
import { formatOf } from './read-format.ts'

/** What an import would do: the whole file is read and nothing is stored. */
export const previewImport: Work = async (deps, params, hooks): Promise<ImportPreview> => {
  const wanted = importParams.parse(params)
  await readPendingHeaders(deps, wanted.taskId, hooks)
  const input = await deps.formats.openInput(wanted.path)
  try {
    const { format, alternatives } = await formatOf(deps.formats, wanted.format, input)
    return {
      format: format.name,
      alternatives,
      ...(await look(deps, { wanted, format, input }, hooks)),
    }
  } finally {
    input.close()
  }
}

async function look(
  deps: WorkDeps,
  what: Parameters<typeof lookInto>[1],
  hooks: WorkHooks,
): Promise<Omit<ImportPreview, 'format' | 'alternatives'>> {
  const { wanted } = what
  const { taskId, mode } = wanted
  const here = mode === 'merge' ? new AlreadyHere(deps.store, taskId) : null
  const added = { tags: 0, tracks: 0, shapes: {} as Record<string, number> }
  const frames = new Set<number>()
  let merged = 0
  const part = jobPartOf(deps, wanted)
  let leftOut = 0
  const { found, report } = await lookInto(deps, what, hooks, (annotations, labels) => {
    for (const read of annotations) {
      const annotation = part ? part.inside(read) : read
      if (annotation === null) {
        leftOut += 1
        continue
      }
      noteFrames(frames, annotation)
      const fate = fateOf(labels.of(annotation), wanted)
      if (fate === 'out') continue
      const known = fate === 'known' ? labels.asKnown(annotation) : null
      if (known && here?.has(known)) merged += 1
      else count(added, annotation)
    }
  })
  const names = deps.store.labels.ofTask(taskId).map(({ name }) => name)
  const { unmatchedCount, unmatched } = report
  return {
    labels: labelsOf(found, names, wanted),
    frames: { matched: frames.size, unmatchedCount, unmatched },
    added,
    replaced: mode === 'replace' ? countHere(deps, taskId, part) : 0,
    merged,
    notes: [
      ...report.notes(),
      ...(leftOut > 0 ? [`${leftOut} annotations lie outside of the job and are left out`] : []),
    ],
  }
}

function countHere({ store }: WorkDeps, taskId: TaskId, part: JobPart | null): number {
  return part ? part.count(store, taskId) : store.annotations.count(taskId)
}

/** Whether what has this label comes in: under a label that is here, one that will be made, or not at all. */
function fateOf(found: FoundLabel | undefined, wanted: ImportParams): 'known' | 'new' | 'out' {
  if (!found || found.isLeftOut) return 'out'
  if (found.known) return 'known'
  return wanted.createLabels.includes(targetName(found, wanted)) ? 'new' : 'out'
}

const targetName = ({ name }: FoundLabel, { labels }: ImportParams): string => labels[name] ?? name

function noteFrames(frames: Set<number>, annotation: NewAnnotation): void {
  if (annotation.kind !== 'track') frames.add(annotation.frame)
  else for (const { frame } of annotation.keyframes) frames.add(frame)
}

function count(
  added: { tags: number; tracks: number; shapes: Record<string, number> },
  annotation: NewAnnotation,
): void {
  if (annotation.kind === 'tag') added.tags += 1
  else if (annotation.kind === 'track') added.tracks += 1
  else added.shapes[annotation.type] = (added.shapes[annotation.type] ?? 0) + 1
}

function labelsOf(
  { byName }: FoundLabels,
  names: readonly string[],
  wanted: ImportParams,
): PreviewLabel[] {
  return [...byName.values()].flatMap((found) => {
    const own = previewLabel(found, names, wanted)
    const known = found.known as { sublabels?: readonly { name: string }[] } | null
    const joints = known?.sublabels?.map(({ name }) => name) ?? []
    return [own, ...[...found.joints.values()].map((joint) => previewJoint(joint, own, joints))]
  })
}

function previewLabel(
  found: FoundLabel,
  names: readonly string[],
  wanted: ImportParams,
): PreviewLabel {
  const { name, count: times } = found
  const target = targetName(found, wanted)
  const fate = fateOf(found, wanted)
  const common = { name, count: times, parent: null, attributes: attributesOf(found) }
  if (fate === 'known')
    return {
      ...common,
      target,
      state: target === name ? 'here' : 'mapped',
      suggestion: null,
    }
  if (fate === 'new')
    return { ...common, target, state: 'created', suggestion: null, attributes: [] }
  if (found.isLeftOut) return { ...common, target: null, state: 'left-out', suggestion: null }
  return { ...common, target: null, state: 'unknown', suggestion: nearestName(name, names) }
}

/** A joint goes where its skeleton goes. */
function previewJoint(
  joint: FoundLabel,
  skeleton: PreviewLabel,
  names: readonly string[],
): PreviewLabel {
  const { name, count: times, known } = joint
  const common = { name, count: times, parent: skeleton.name, attributes: attributesOf(joint) }
  if (known) return { ...common, target: name, state: 'here', suggestion: null }
  if (skeleton.state === 'created')
    return { ...common, target: name, state: 'created', suggestion: null, attributes: [] }
  if (skeleton.state === 'left-out')
    return { ...common, target: null, state: 'left-out', suggestion: null }
  return { ...common, target: null, state: 'unknown', suggestion: nearestName(name, names) }
}

function attributesOf({ attributes, misfits }: FoundLabel): PreviewLabel['attributes'] {
  return [
    ...[...attributes].map(([name, { example }]) => ({
      name,
      problem: 'missing' as const,
      example,
    })),
    ...[...misfits].map(([name, example]) => ({ name, problem: 'value' as const, example })),
  ]
}
