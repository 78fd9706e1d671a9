import type { RequestKind } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { backup } from './backup/back-up.ts'
import { restore } from './backup/restore.ts'
import { bulkEdit } from './bulk-edit.ts'
import { exportDataset, exportProject } from './export/export-dataset.ts'
import { acceptPredictions } from './functions/accept.ts'
import { annotate } from './functions/annotate.ts'
import { link } from './functions/link.ts'
import { trackObjects } from './functions/track.ts'
import { importDataset } from './import/import-dataset.ts'
import { importProject } from './import/import-project.ts'
import { previewImport } from './import/preview-import.ts'
import { indexHeaders } from './media/index-headers.ts'
import { indexVideo } from './media/index-video.ts'
import { scan } from './media/scan.ts'
import { compare } from './quality/compare.ts'
import { stats } from './quality/stats.ts'
import { validate } from './quality/validate.ts'
import { sidecar } from './sidecar.ts'
import type { Work } from './work.ts'

/** Models are loaded there, and there alone: see `withModelWork`. */
const inMainProcess: Work = () => {
  throw new AppError('INTERNAL', {
    detail: 'models are installed and measured in the main process',
  })
}

/** What each kind of request does. */
export const works: Readonly<Record<RequestKind, Work>> = {
  scan,
  index: indexHeaders,
  'index-video': indexVideo,
  'export-dataset': exportDataset,
  'import-dataset': importDataset,
  'preview-import': previewImport,
  'export-project': exportProject,
  'import-project': importProject,
  'bulk-edit': bulkEdit,
  sidecar,
  backup,
  restore,
  stats,
  validate,
  compare,
  annotate,
  'accept-predictions': acceptPredictions,
  link,
  track: trackObjects,
  'install-model': inMainProcess,
  'bench-model': inMainProcess,
}
