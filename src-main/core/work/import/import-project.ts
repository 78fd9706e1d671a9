import { z } from 'zod'
import { projectIdSchema, type RequestId, requestIdSchema } from '#shared/domain/ids.ts'
import type { ProjectImportReport } from '#shared/domain/request.ts'
import type { DatasetFormat, DatasetInput } from '../../ports.ts'
import type { Work } from '../work.ts'
import { importIntoTasks } from './import-into-tasks.ts'
import { importNewTasks } from './import-new-tasks.ts'
import { formatOf } from './read-format.ts'

const projectParams = z.object({
  projectId: projectIdSchema.nullable(),
  projectName: z.string(),
  format: z.string().nullable(),
  path: z.string(),
  media: z.enum(['new', 'existing']),
})

export interface ProjectImport {
  readonly requestId: RequestId
  readonly projectId: z.infer<typeof projectIdSchema> | null
  /** Of the project that is made where there is none. */
  readonly projectName: string
  readonly path: string
  readonly format: DatasetFormat
  readonly input: DatasetInput
}

/**
 * A data set into a project: all of it in one transaction at the end, or nothing of it. Refused files, cancelling and kill -9
 * leave no task, no label and no file.
 */
export const importProject: Work = async (
  deps,
  params,
  hooks,
  id,
): Promise<ProjectImportReport> => {
  const { format: name, media, ...wanted } = projectParams.parse(params)
  const requestId = requestIdSchema.parse(id)
  const done = deps.store.requests.get(requestId).result
  // A crash between the end of the import and that of the request: it is not made twice.
  if (done !== null) return done as ProjectImportReport
  const input = await deps.formats.openInput(wanted.path)
  try {
    const { format } = await formatOf(deps.formats, name, input)
    const what = { ...wanted, requestId, format, input }
    return media === 'new'
      ? await importNewTasks(deps, what, hooks)
      : await importIntoTasks(deps, what, hooks)
  } finally {
    input.close()
  }
}
