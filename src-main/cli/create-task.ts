import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { CreateTaskInput } from '#shared/contract/index.ts'
import { projectIdSchema } from '#shared/domain/ids.ts'
import type { ImportReport, WorkRequest } from '#shared/domain/request.ts'
import type { SortingMethod, Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Client } from './connect.ts'
import { EXIT } from './failure.ts'
import { followIndex, followRequest, followVideoIndex } from './follow-request.ts'
import { importDataset, reportImport } from './import-dataset.ts'
import { readLabels } from './labels-option.ts'
import { mediaPaths } from './media-paths.ts'
import { wrongUsage } from './options.ts'
import type { Session } from './session.ts'
import { counted } from './table.ts'

export interface TaskOptions {
  readonly labels?: string
  readonly projectId?: number
  readonly subset?: string
  readonly segmentSize?: number
  readonly overlap?: number
  readonly frameStep?: number
  readonly startFrame?: number
  readonly stopFrame?: number
  readonly sortingMethod: SortingMethod
  readonly bugTracker?: string
  readonly bug?: string
  readonly copyData?: boolean
  readonly annotationPath?: string
  readonly annotationFormat: string
  readonly imageQuality?: string
  readonly chunkSize?: string
  readonly useCache?: boolean
  readonly useZipChunks?: boolean
}

/**
 * Create a task and wait until its frames are listed and their headers read, or its video is checked. What fails takes the task away again: the
 * store is then as it was.
 * @returns the exit status
 */
export async function createTask(
  session: Session,
  name: string,
  paths: readonly string[],
  options: TaskOptions,
): Promise<number> {
  checkOptions(session, options)
  const input = await taskInput(session, name, paths, options)
  const annotations = await annotationFile(session, options)
  return session.withCore(async ({ client }) => {
    const { task, requestId } = await client.tasks.create(input)
    try {
      const notes = scanNotes(await followRequest(session, client, requestId))
      await followIndex(session, client, task.id)
      const isCertain = await followVideoIndex(session, client, task.id)
      if (!isCertain) session.out.note(UNCERTAIN)
      const report = annotations ? await importDataset(session, client, task.id, annotations) : null
      return await reportTask(session, client, task.id, { report, notes })
    } catch (error) {
      // A failed scan takes its task away itself; what came later has to be taken back here.
      await client.tasks.delete({ id: task.id }).catch(() => undefined)
      throw error
    }
  })
}

const UNCERTAIN =
  'Not every frame of the video is checked yet; that goes on whenever Fieldmark runs, and the number of frames may change.'

function checkOptions({ out }: Session, options: TaskOptions): void {
  const { labels, projectId } = options
  if (labels === undefined && projectId === undefined) {
    throw wrongUsage(
      "Say which labels the task has: --labels FILE or JSON ('[]' for none yet), or --project-id.",
      'task create',
    )
  }
  if (labels !== undefined && projectId !== undefined) {
    throw wrongUsage('Give --labels or --project-id, not both.', 'task create')
  }
  const { imageQuality, chunkSize, useCache, useZipChunks } = options
  if ([imageQuality, chunkSize, useCache, useZipChunks].some((value) => value !== undefined)) {
    out.note('Chunks and image quality belong to a server; here frames are read from your files.')
  }
}

async function taskInput(
  { cwd }: Session,
  name: string,
  paths: readonly string[],
  options: TaskOptions,
): Promise<CreateTaskInput> {
  const { labels, projectId } = options
  return {
    name,
    paths: mediaPaths(paths, cwd),
    ...(labels === undefined ? {} : { labels: await readLabels(labels, cwd) }),
    projectId: projectId === undefined ? null : projectIdSchema.parse(projectId),
    subset: options.subset ?? '',
    segmentSize: options.segmentSize ?? 0,
    overlap: options.overlap ?? null,
    frameStep: options.frameStep ?? 1,
    startFrame: options.startFrame ?? 0,
    stopFrame: options.stopFrame ?? null,
    sortingMethod: options.sortingMethod,
    bugTracker: options.bugTracker ?? options.bug ?? '',
    copyData: options.copyData ?? false,
  }
}

async function annotationFile({ cwd }: Session, options: TaskOptions) {
  if (options.annotationPath === undefined) return null
  const path = resolve(cwd, options.annotationPath)
  await access(path).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
  return { path, format: options.annotationFormat }
}

/** What the listing skipped. */
function scanNotes({ result }: WorkRequest): string[] {
  const parsed = z.object({ notes: z.array(z.string()) }).safeParse(result)
  return parsed.success ? parsed.data.notes : []
}

async function reportTask(
  session: Session,
  client: Client,
  id: Task['id'],
  { report, notes }: { report: ImportReport | null; notes: readonly string[] },
): Promise<number> {
  const task = await client.tasks.get({ id })
  const problems = await client.frames.problems({ taskId: id })
  for (const note of [...notes, ...(task.video?.problems ?? [])]) session.out.warn(`${note}.`)
  for (const { frame, name, problem } of problems) {
    session.out.warn(`Frame ${frame}, ${name}, cannot be shown: ${problem}.`)
  }
  if (report) reportImport(session, report)
  session.out.result({ ...task, problems, notes, import: report }, () => taskSentence(task))
  return report && report.unmatchedCount > 0 ? EXIT.failed : EXIT.done
}

function taskSentence(task: Task): string {
  const jobs = counted(task.jobCount, 'job')
  return `Created task ${task.id} "${task.name}": ${counted(task.size, 'frame')}, ${jobs}.`
}
