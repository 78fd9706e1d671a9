import type { BackupReport } from '#shared/domain/backup.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { taskGuideDir } from '../../data-layout.ts'
import type { DatasetOutput } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { contentOf } from './content.ts'
import { writeGuide } from './guides.ts'
import { type Notes, named } from './notes.ts'
import { createPictures, needsManifest, sortingOf, writePictures } from './pictures-out.ts'
import { writeVideo } from './video-out.ts'

export type TaskCounts = {
  -readonly [K in 'tasks' | 'frames' | 'annotations' | 'picturesLeftOut']: BackupReport[K]
}

export interface Telling {
  readonly counts: TaskCounts
  readonly notes: Notes
  readonly hooks: WorkHooks
  /** Frames of tasks that are written already, and of all. */
  readonly before: number
  readonly total: number
}

/** One task into the archive: what it says, then its media, then Fieldmark's own words, which tell of lost pictures, too. */
export async function writeTask(
  deps: WorkDeps,
  output: DatasetOutput,
  { taskId, folder }: { taskId: TaskId; folder: string },
  telling: Telling,
): Promise<void> {
  const task = deps.store.tasks.get(taskId)
  const { notes, counts } = telling
  const ids = deps.store.annotations.ids(taskId)
  if (task.video === null) {
    const pictures = createPictures(deps.store, taskId)
    const sortingMethod = sortingOf(deps, pictures)
    const media = { startFrame: 0, stopFrame: task.size - 1, frameStep: 1, sortingMethod }
    const content = contentOf(deps.store, task, { media, pictures: pictures.frames, ids })
    for (const note of await deps.backups.writeTask(output, folder, content)) notes.say(note)
    const lost = await writePictures(deps, output, { folder, pictures, taskId }, telling)
    if (needsManifest(sortingMethod)) {
      const lines = deps.manifestLines(pictures.manifest())
      await output.text(`${folder}data/manifest.jsonl`, lines)
    }
    tellLost(notes, task.name, lost)
    counts.picturesLeftOut += lost.length
    await deps.backups.writeOwn(output, folder, content)
  } else {
    const { startFrame, frameStep, size } = task
    const stopFrame = startFrame + (size - 1) * frameStep
    const media = { startFrame, stopFrame, frameStep, sortingMethod: 'lexicographical' as const }
    const content = contentOf(deps.store, task, { media, pictures: [], ids })
    for (const note of await deps.backups.writeTask(output, folder, content)) notes.say(note)
    await writeVideo(deps, output, { taskId, folder }, telling)
    await deps.backups.writeOwn(output, folder, content)
  }
  await writeGuide(output, folder, taskGuideDir(deps.dataDir, taskId))
  counts.tasks += 1
  counts.frames += task.size
  counts.annotations += ids.length
}

function tellLost(notes: Notes, task: string, lost: readonly string[]): void {
  if (lost.length === 0) return
  const are = lost.length === 1 ? 'picture of' : 'pictures of'
  notes.say(
    `${lost.length} ${are} ${task} cannot be read and ${lost.length === 1 ? 'is' : 'are'} not in the file, a black one in the place of each: ${named(lost)}`,
  )
}
