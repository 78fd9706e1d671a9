/** One frame and its file, brought in step. */
import { isDeepStrictEqual } from 'node:util'
import type { Annotation, Tag } from '#shared/domain/annotation.ts'
import { annotationIdSchema, type FrameIndex, type TaskId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { DatasetFrame, NewAnnotation, SidecarFile, Store } from '../ports.ts'
import { keepCopy, look, type Seen, settles, writeWhole } from './files.ts'
import {
  contentOf,
  type FileContent,
  type FormatContext,
  hashOf,
  seenOn,
  textOf,
} from './frame-view.ts'
import { mergeFile, type Told } from './merge.ts'
import type { Place } from './places.ts'
import { clauseOf } from './problems.ts'
import type { SidecarStates } from './states.ts'

export interface FrameSync {
  readonly store: Store
  readonly taskId: TaskId
  readonly format: FormatContext
  readonly frame: DatasetFrame
  readonly place: Place
  readonly states: SidecarStates
  /** Whether nothing has changed here since all files were in step: then the files alone are looked at. */
  readonly isStoreSame: boolean
}

/**
 * - `same`: neither side had changed
 * - `written`: what changed here is in the file now; `kept` is a copy of what another program had changed there meanwhile
 * - `read`: what changed there is here now
 * - `problem`: the file is left alone
 */
export type Outcome =
  | { readonly kind: 'same' }
  | { readonly kind: 'written'; readonly kept: string | null }
  | { readonly kind: 'read'; readonly changes: number; readonly notes: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: string }

/** How often an edit that comes in between is waited out. */
const MOST_TRIES = 5

export async function syncFrame(sync: FrameSync): Promise<Outcome> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await tryFrame(sync).catch((error: unknown) => failed(sync, error))
    if (outcome !== 'again') return outcome
  }
  // Somebody edits this very frame all the time: the next edit brings us back.
  return { kind: 'same' }
}

/** What is on the frame here, at one revision. */
interface Here {
  readonly revision: number
  readonly annotations: readonly Annotation[]
  readonly seen: readonly (Tag | WovenShape)[]
  readonly text: string
  readonly hash: string
}

async function tryFrame(sync: FrameSync): Promise<Outcome | 'again'> {
  const { store, taskId, place } = sync
  const remembered = store.sidecars.file(taskId, place.frame)
  const known = remembered?.path === place.path && remembered.hash !== '' ? remembered : null
  const disk = await look(place.path, known)
  if (sync.isStoreSame && isAsKnown(remembered, known, disk)) return { kind: 'same' }
  const here = await readHere(sync)
  if (disk === null) return missing(sync, here)
  // Also a file that was written when the process ended before it could tell, and one another program left as it was.
  if (disk.hash === here.hash) return agree(sync, { disk, rendered: here.hash, isLossy: false })
  const isOurs = known !== null && (disk.hash === known.hash || disk.hash === remembered?.pending)
  if (isOurs || disk.hash === remembered?.pending) {
    if (known?.rendered === here.hash && disk.hash === known.hash)
      return agreeAgain(sync, known, disk)
    return write(sync, here, known?.isLossy === true && disk.hash === known.hash)
  }
  return otherChanged(sync, { here, known, disk })
}

/** Nothing there now and nothing then, or the very file that was agreed on. */
function isAsKnown(
  remembered: SidecarFile | null,
  known: SidecarFile | null,
  disk: Seen | null,
): boolean {
  if (disk === null || known === null) return disk === null && remembered === null
  const isTold = known.problem === null && known.pending === null
  return isTold && disk.hash === known.hash && disk.checkedMs === known.checkedMs
}

async function readHere(sync: FrameSync): Promise<Here> {
  const { store, taskId, place, format, frame } = sync
  const { revision } = store.tasks.get(taskId)
  const annotations = store.annotations.ofFrame(taskId, place.frame)
  const seen = seenOn(annotations, place.frame)
  const text = await textOf(format, frame, seen)
  return { revision, annotations, seen, text, hash: hashOf(text) }
}

/** A file that is gone says nothing: with a folder moved away, annotations would go with it. */
function missing(sync: FrameSync, here: Here): Promise<Outcome> | Outcome {
  if (here.seen.length > 0) return write(sync, here, false)
  sync.store.sidecars.forget(sync.taskId, sync.place.frame)
  return { kind: 'same' }
}

interface Agreed {
  readonly disk: Seen
  readonly rendered: string
  readonly isLossy: boolean
}

function stateOf({ place }: FrameSync, { disk, rendered, isLossy }: Agreed): SidecarFile {
  const { sizeBytes, mtimeMs, checkedMs, hash } = disk
  return {
    ...{ frame: place.frame, path: place.path, sizeBytes, mtimeMs, checkedMs, hash, rendered },
    ...{ pending: null, isLossy, problem: null },
  }
}

async function agree(sync: FrameSync, agreed: Agreed): Promise<Outcome> {
  await sync.states.put(stateOf(sync, agreed))
  return { kind: 'same' }
}

/** Nothing is written to the store for nothing: a pass over 100,000 files is made again and again. */
async function agreeAgain(sync: FrameSync, known: SidecarFile, disk: Seen): Promise<Outcome> {
  const isTold = known.problem === null && known.pending === null && known.mtimeMs === disk.mtimeMs
  if (isTold && !settles(known, disk)) return { kind: 'same' }
  return agree(sync, { disk, rendered: known.rendered, isLossy: known.isLossy })
}

/** @param isConflict  what the file holds is nowhere else */
async function write(sync: FrameSync, here: Here, isConflict: boolean): Promise<Outcome> {
  const { store, taskId, place } = sync
  const kept = isConflict ? await keepCopy(place.path) : null
  // Told before it is done: whoever finds such a file knows it for ours.
  const before = store.sidecars.file(taskId, place.frame)
  const blank = { sizeBytes: 0, mtimeMs: 0, checkedMs: 0, hash: '', rendered: '', isLossy: false }
  const state = before?.path === place.path ? before : blank
  const told = { ...state, frame: place.frame, path: place.path, problem: null }
  await sync.states.put({ ...told, pending: here.hash })
  const disk = await writeWhole(place.path, here.text)
  await sync.states.put(stateOf(sync, { disk, rendered: here.hash, isLossy: false }))
  return { kind: 'written', kept }
}

/** Another program has changed the file since, or it was there before us. */
async function otherChanged(
  sync: FrameSync,
  { here, known, disk }: { here: Here; known: SidecarFile | null; disk: Seen },
): Promise<Outcome | 'again'> {
  const bytes = disk.bytes ?? (await look(sync.place.path, null))?.bytes
  if (!bytes) return 'again'
  const content = await contentOf(sync.format, sync.frame, bytes)
  const operations = await operationsOf(sync, here, content)
  const isLossy = content.notes.length > 0
  if (operations.length === 0) return agree(sync, { disk, rendered: here.hash, isLossy })
  const changedHere = known === null ? here.seen.length > 0 : known.rendered !== here.hash
  if (changedHere) return write(sync, here, true)
  return readIn(sync, { here, disk, content, operations })
}

async function operationsOf(
  sync: FrameSync,
  { seen }: Here,
  { annotations }: FileContent,
): Promise<AnnotationOperation[]> {
  const told: Told[] = []
  for (const one of seen)
    told.push({ stored: isOwn(one) ? one : null, parts: await partsOf(sync, one) })
  const newId = () => annotationIdSchema.parse(sync.store.annotations.reserveIds(1).first)
  return mergeFile(told, annotations.filter(isNoTrack), newId)
}

const isOwn = (one: Tag | WovenShape) => one.kind === 'tag' || one.track === undefined
/** Files that say of which track a shape is bring a track of this one frame, which nobody wants. */
const isNoTrack = (one: NewAnnotation) => one.kind !== 'track'

/** What the format says of one annotation, read back. */
async function partsOf(
  { format, frame }: FrameSync,
  one: Tag | WovenShape,
): Promise<readonly NewAnnotation[]> {
  const text = await textOf(format, frame, [one])
  const { annotations } = await contentOf(format, frame, Buffer.from(text))
  return annotations.filter(isNoTrack)
}

interface Reading {
  readonly here: Here
  readonly disk: Seen
  readonly content: FileContent
  readonly operations: readonly AnnotationOperation[]
}

/** The step and what is remembered of the file are one transaction: neither is ever there without the other. */
async function readIn(
  sync: FrameSync,
  { here, disk, content, operations }: Reading,
): Promise<Outcome | 'again'> {
  const { store, taskId, place, format, frame } = sync
  const after = applied(here.annotations, operations)
  const rendered = hashOf(await textOf(format, frame, seenOn(after, place.frame)))
  const isLossy = content.notes.length > 0
  const isDone = store.together(() => {
    const { revision } = store.tasks.get(taskId)
    if (revision !== here.revision && !isAsBefore(sync, here)) return false
    const title = { key: 'import', count: operations.length, label: format.format.name }
    const step = { title, frame: place.frame, operations: [...operations] }
    store.annotations.apply(taskId, revision, stepIdOf(place.frame, revision, disk.hash), step)
    store.sidecars.put(taskId, stateOf(sync, { disk, rendered, isLossy }))
    return true
  })
  return isDone ? { kind: 'read', changes: operations.length, notes: content.notes } : 'again'
}

/** Somebody edits other frames meanwhile, or other files are read. */
function isAsBefore({ store, taskId, place }: FrameSync, { annotations }: Here): boolean {
  return isDeepStrictEqual(store.annotations.ofFrame(taskId, place.frame), annotations)
}

/** The same file read in twice at one revision is one step. */
function stepIdOf(frame: FrameIndex, revision: number, hash: string): string {
  return `sidecar:${frame}:${revision}:${hash.slice(0, 16)}`
}

function applied(
  annotations: readonly Annotation[],
  operations: readonly AnnotationOperation[],
): Annotation[] {
  const byId = new Map(annotations.map((one) => [one.id, one]))
  for (const operation of operations) {
    if (operation.kind === 'delete') byId.delete(operation.before.id)
    else byId.set(operation.after.id, operation.after)
  }
  return [...byId.values()]
}

/** What is no file of the format, or cannot be read or written, is left alone, and told. */
async function failed(
  { store, taskId, place, states }: FrameSync,
  error: unknown,
): Promise<Outcome> {
  const problem = clauseOf(error)
  if (problem === null) throw error
  const before = store.sidecars.file(taskId, place.frame)
  const blank = { sizeBytes: 0, mtimeMs: 0, checkedMs: 0, hash: '', rendered: '', pending: null }
  const state = before?.path === place.path ? before : { ...blank, isLossy: false }
  await states.put({ ...state, frame: place.frame, path: place.path, problem })
  return { kind: 'problem', problem }
}
