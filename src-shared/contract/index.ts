import { annotationsContract } from './annotations.ts'
import { appContract } from './app.ts'
import { backupsContract } from './backups.ts'
import { connectionsContract } from './connections.ts'
import { datasetsContract } from './datasets.ts'
import { framesContract } from './frames.ts'
import { functionsContract } from './functions.ts'
import { jobsContract } from './jobs.ts'
import { modelsContract } from './models.ts'
import { predictionsContract } from './predictions.ts'
import { projectsContract } from './projects.ts'
import { qualityContract } from './quality.ts'
import { requestsContract } from './requests.ts'
import { sidecarContract } from './sidecar.ts'
import { tasksContract } from './tasks.ts'
import { trackersContract } from './trackers.ts'

export { type ChangeResult, changeResultSchema } from './annotations.ts'
export { type CreateTaskInput, createTaskInput } from './tasks.ts'

/** Every typed procedure: the one list that RPC, REST, the CLI and the renderer share. */
export const contract = {
  app: appContract,
  projects: projectsContract,
  tasks: tasksContract,
  jobs: jobsContract,
  frames: framesContract,
  annotations: annotationsContract,
  datasets: datasetsContract,
  backups: backupsContract,
  quality: qualityContract,
  requests: requestsContract,
  sidecar: sidecarContract,
  trackers: trackersContract,
  functions: functionsContract,
  models: modelsContract,
  predictions: predictionsContract,
  connections: connectionsContract,
}
export type Contract = typeof contract
