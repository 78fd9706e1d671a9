import type { Deps, Usecases } from '../usecase.ts'
import { annotationUsecases } from './annotations/index.ts'
import { appUsecases } from './app/index.ts'
import { backupUsecases } from './backups/index.ts'
import { connectionUsecases } from './connections/index.ts'
import { datasetUsecases } from './datasets/index.ts'
import { frameUsecases } from './frames/index.ts'
import { functionUsecases } from './functions/index.ts'
import { jobUsecases } from './jobs/index.ts'
import { modelUsecases } from './models/index.ts'
import { predictionUsecases } from './predictions/index.ts'
import { projectUsecases } from './projects/index.ts'
import { qualityUsecases } from './quality/index.ts'
import { requestUsecases } from './requests/index.ts'
import { sidecarUsecases } from './sidecar/index.ts'
import { taskUsecases } from './tasks/index.ts'
import { trackerUsecases } from './trackers/index.ts'

/** Every verb of the contract over these adapters. */
export function createUsecases(deps: Deps): Usecases {
  return {
    app: appUsecases(deps),
    projects: projectUsecases(deps),
    tasks: taskUsecases(deps),
    jobs: jobUsecases(deps),
    frames: frameUsecases(deps),
    annotations: annotationUsecases(deps),
    datasets: datasetUsecases(deps),
    backups: backupUsecases(deps),
    quality: qualityUsecases(deps),
    requests: requestUsecases(deps),
    sidecar: sidecarUsecases(deps),
    trackers: trackerUsecases(deps),
    functions: functionUsecases(deps),
    models: modelUsecases(deps),
    predictions: predictionUsecases(deps),
    connections: connectionUsecases(deps),
  }
}
