import type { BackupFormat } from '#main/core/ports.ts'
import { encodeGray8 } from '../common/png/encode.ts'
import { openBackup } from './open.ts'
import { OWN_RECORDS, OWN_SPEC, OWN_VERSION } from './own-record.ts'
import { annotationsJson } from './write-annotations.ts'
import { ownLabels, ownLines, ownTask } from './write-own.ts'
import { cvatJobs, projectJson, taskJson } from './write-task.ts'

/** Larger black pictures would fill the memory; no picture that has a place here is as large. */
const MOST_PIXELS = 2 ** 28

export const cvatBackup: BackupFormat = {
  async writeTask(output, folder, content) {
    const jobs = cvatJobs(content.jobs, content.task.size)
    await output.text(`${folder}task.json`, [JSON.stringify(taskJson(content, jobs))])
    await output.text(`${folder}annotations.json`, annotationsJson(content, jobs))
    if (jobs.length === content.jobs.length) return []
    const { name } = content.task
    return [`The jobs of ${name} are of different lengths: CVAT will make one job of them all.`]
  },
  async writeOwn(output, folder, content) {
    await output.text(`${folder}${OWN_SPEC}`, [JSON.stringify(ownTask(content))])
    await output.text(`${folder}${OWN_RECORDS}`, ownLines(content))
  },
  async writeProject(output, project, jobs) {
    await output.text('project.json', [JSON.stringify(projectJson(project, jobs))])
    const own = { fieldmark: OWN_VERSION, labels: ownLabels(project.labels) }
    await output.text(OWN_SPEC, [JSON.stringify(own)])
  },
  blankPicture(width, height) {
    const fits = width > 0 && height > 0 && width * height <= MOST_PIXELS
    const size = fits ? { width, height } : { width: 1, height: 1 }
    return encodeGray8({ ...size, data: new Uint8Array(size.width * size.height) })
  },
  open: openBackup,
}
