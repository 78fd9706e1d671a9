import type { Deps, Usecases } from '../../usecase.ts'
import { exportProject, exportTask } from './export.ts'
import { importIntoProject, importIntoTask, previewImport } from './import.ts'
import { projectLossReport, taskLossReport } from './loss-report.ts'

export function datasetUsecases(deps: Deps): Usecases['datasets'] {
  return {
    formats: () => deps.formats.list(),
    lossReport: (input) => taskLossReport(deps, input),
    projectLossReport: (input) => projectLossReport(deps, input),
    export: (input) => exportTask(deps, input),
    exportProject: (input) => exportProject(deps, input),
    previewImport: (input) => previewImport(deps, input),
    import: (input) => importIntoTask(deps, input),
    importProject: (input) => importIntoProject(deps, input),
  }
}
