import type { DatasetInput, RestoredJob, RestoredTask } from '#main/core/ports.ts'
import type { Entries } from './entries.ts'
import { isOwn } from './is-own.ts'
import { OWN_RECORDS, OWN_SPEC, type OwnTask, ownTaskSchema } from './own-record.ts'
import { type CutJob, readAnnotations } from './read-annotations.ts'
import { readLabels } from './read-labels.ts'
import { manifestOrder } from './read-manifest.ts'
import { ownAnnotations, ownFrames } from './read-own.ts'
import { readSpec } from './read-value.ts'
import { type Refuse, refuseBackup } from './refuse.ts'
import { type SpecJob, type TaskSpec, taskSpecSchema } from './spec.ts'
import { stageOf } from './stages.ts'
import { segmentsOf } from './write-task.ts'

interface How {
  /** Gets sentences. */
  note(sentence: string): void
  /** Its labels are the project's. */
  readonly inProject: boolean
}

const MANIFEST = 'manifest.jsonl'

/** @throws BACKUP_INVALID */
export async function openTask(
  input: DatasetInput,
  entries: Entries,
  how: How,
): Promise<RestoredTask> {
  const { folder } = entries
  if (!entries.has('task.json')) refuseBackup(input.file, folder)('', 'it has no task.json')
  const spec = await readSpec(input, `${folder}task.json`, taskSpecSchema)
  const own = (await isOwn(input, entries, how.note))
    ? await readSpec(input, `${folder}${OWN_SPEC}`, ownTaskSchema)
    : null
  const common = {
    name: spec.name,
    subset: spec.subset,
    bugTracker: spec.bug_tracker,
    data: entries.data.filter(({ path }) => path !== MANIFEST && path !== 'index.json'),
    guide: entries.guide,
  }
  return own
    ? { ...common, ...ownTask(input, folder, { own, spec, ...how }) }
    : { ...common, ...(await cvatTask(input, entries, { spec, ...how })) }
}

type Said = Omit<RestoredTask, 'name' | 'subset' | 'bugTracker' | 'data' | 'guide'>

function ownTask(
  input: DatasetInput,
  folder: string,
  { own, spec, inProject }: How & { own: OwnTask; spec: TaskSpec },
): Said {
  const refuse = refuseBackup(input.file, `${folder}${OWN_SPEC}`)
  const records = `${folder}${OWN_RECORDS}`
  const { startFrame, frameStep, segmentSize, overlap, sortingMethod } = own
  checkJobs(own.jobs, refuse)
  return {
    labels: inProject ? [] : readLabels(own.labels, refuse),
    segmentSize,
    overlap,
    jobs: own.jobs,
    media: { ...mediaOf(spec, refuseBackup(input.file, `${folder}task.json`)), sortingMethod },
    numbering: own.mode === 'annotation' ? { startFrame, frameStep } : null,
    order: null,
    deleted: own.deleted,
    checked: own.checked,
    isOwn: true,
    frames: () => ownFrames(input, records),
    annotations: (into) => ownAnnotations(input, records, into),
  }
}

async function cvatTask(
  input: DatasetInput,
  entries: Entries,
  { spec, note, inProject }: How & { spec: TaskSpec },
): Promise<Said> {
  const { folder } = entries
  const refuse = refuseBackup(input.file, `${folder}task.json`)
  const listed = `${folder}annotations.json`
  if (!entries.has('annotations.json')) refuseBackup(input.file, listed)('', 'it is missing')
  const files = filesOf(spec, refuse)
  const jobs = cutJobs(spec, refuse)
  const ordinary = jobs
    .filter(({ isOrdinary }) => isOrdinary)
    .toSorted((a, b) => a.startFrame - b.startFrame)
  tellLeftOut(spec.jobs, note)
  if (ordinary.length === 0) refuse('jobs', 'there is no job with annotations of its own')
  checkJobs(ordinary, refuse)
  return {
    labels: inProject ? [] : readLabels(spec.labels ?? [], refuse, note),
    ...(files ? { segmentSize: 0, overlap: 0 } : segmentsOf(ordinary)),
    jobs: ordinary.map(({ startFrame, stopFrame, stage, state }) => ({
      startFrame,
      stopFrame,
      stage,
      state,
    })),
    media: files
      ? { startFrame: 0, stopFrame: null, frameStep: 1, sortingMethod: 'predefined' }
      : mediaOf(spec, refuse),
    numbering: null,
    order: files ?? (await orderOf(input, entries, spec)),
    deleted: spec.data.deleted_frames ?? [],
    checked: [],
    isOwn: false,
    frames: nothing,
    annotations: (into) => readAnnotations(input, listed, { jobs, into }),
  }
}

async function* nothing(): AsyncGenerator<never> {}

function mediaOf({ data }: TaskSpec, refuse: Refuse): RestoredTask['media'] {
  const filter = /^\s*(?:step\s*=\s*([1-9]\d{0,8})\s*)?$/.exec(data.frame_filter)
  if (!filter) refuse('data.frame_filter', `"${data.frame_filter}" is no step=N`)
  return {
    startFrame: data.start_frame ?? 0,
    stopFrame: data.stop_frame ?? null,
    frameStep: Number(filter?.[1] ?? 1),
    sortingMethod: data.sorting_method ?? 'lexicographical',
  }
}

/** Orders that no sorting gives are in the manifest; without it nobody knows which picture is which. */
async function orderOf(
  input: DatasetInput,
  { folder, has }: Entries,
  { data }: TaskSpec,
): Promise<string[] | null> {
  if (data.sorting_method !== 'predefined' && data.sorting_method !== 'random') return null
  const manifest = `data/${MANIFEST}`
  if (has(manifest)) return manifestOrder(input, `${folder}${manifest}`)
  const problem = `it is missing, and the order of the pictures is ${data.sorting_method}, so nothing says which is which`
  return refuseBackup(input.file, `${folder}${manifest}`)('', problem)
}

/** The files of all jobs one after the other, where each job names its own; null for other tasks. */
function filesOf({ data, jobs }: TaskSpec, refuse: Refuse): string[] | null {
  if (!data.custom_segments) return null
  return jobs.flatMap((job, at) => {
    if (!isOrdinary(job)) return []
    return job.files ?? refuse(`jobs[${at}].files`, 'it is missing, with custom_segments')
  })
}

/** Jobs of other types are there to compare with. */
const isOrdinary = ({ type }: SpecJob) => !type || type === 'annotation'

function tellLeftOut(jobs: readonly SpecJob[], note: How['note']): void {
  const others = Map.groupBy(
    jobs.filter((job) => !isOrdinary(job)),
    ({ type }) => String(type).replaceAll('_', ' '),
  )
  for (const [type, list] of others) {
    const what = list.length === 1 ? `A ${type} job was` : `${list.length} ${type} jobs were`
    note(`${what} left out, with annotations to compare others with.`)
  }
}

/** Where each job lies; of one with files of its own after those before it. */
function cutJobs({ data, jobs }: TaskSpec, refuse: Refuse): CutJob[] {
  let next = 0
  return jobs.map((job, at): CutJob => {
    const common = { ...stageOf(job.status), isOrdinary: isOrdinary(job) }
    if (!common.isOrdinary) return { ...common, startFrame: 0, stopFrame: 0 }
    if (data.custom_segments) {
      const startFrame = next
      next += job.files?.length ?? 0
      return { ...common, startFrame, stopFrame: next - 1 }
    }
    const { start_frame: startFrame, stop_frame: stopFrame } = job
    if (startFrame == null || stopFrame == null)
      return refuse(`jobs[${at}]`, 'start_frame or stop_frame is missing')
    return { ...common, startFrame, stopFrame }
  })
}

function checkJobs(jobs: readonly RestoredJob[], refuse: Refuse): void {
  for (const [at, { startFrame, stopFrame }] of jobs.entries())
    if (stopFrame < startFrame) refuse(`jobs[${at}]`, `it ends at ${stopFrame}, before it begins`)
}
