import { annotationErrors } from './annotations.ts'
import { backupErrors } from './backups.ts'
import { cliErrors } from './cli.ts'
import { commonErrors } from './common.ts'
import { connectionErrors } from './connections.ts'
import { dataErrors } from './data.ts'
import { filterErrors } from './filters.ts'
import { formatErrors } from './formats.ts'
import { functionErrors } from './functions.ts'
import { labelErrors } from './labels.ts'
import { manifestErrors } from './manifest.ts'
import { mediaErrors } from './media.ts'
import { modelErrors } from './models.ts'
import { shellErrors } from './shells.ts'
import { sidecarErrors } from './sidecars.ts'

/** Every error a person can meet. A code without a remedy does not compile. */
export const catalogue = {
  ...commonErrors,
  ...dataErrors,
  ...mediaErrors,
  ...manifestErrors,
  ...labelErrors,
  ...annotationErrors,
  ...filterErrors,
  ...formatErrors,
  ...functionErrors,
  ...modelErrors,
  ...connectionErrors,
  ...backupErrors,
  ...sidecarErrors,
  ...shellErrors,
  ...cliErrors,
}

export type ErrorCode = keyof typeof catalogue
export type ErrorParams<C extends ErrorCode> = Parameters<(typeof catalogue)[C]['message']>[0]
