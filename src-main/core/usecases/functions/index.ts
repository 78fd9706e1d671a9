import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { createAnnotate } from './annotate.ts'
import { createCall } from './call.ts'
import { createDetect } from './detect.ts'
import { createInteract } from './interact.ts'
import { createMapping } from './mapping.ts'
import { createPrepare } from './prepare.ts'
import { scissors } from './scissors.ts'
import { createTrack } from './track.ts'

function notYet(): never {
  throw new AppError('INTERNAL', { detail: 'this is being built' })
}

export function functionUsecases(deps: Deps): Usecases['functions'] {
  return {
    list: () => deps.functions.list(),
    get: ({ id }) => deps.functions.get(id),
    mapping: createMapping(deps),
    detect: createDetect(deps),
    call: createCall(deps),
    prepare: createPrepare(deps),
    interact: createInteract(deps),
    scissors: ({ taskId, frame, ...how }) => scissors(deps, { taskId, frame }, how),
    annotate: createAnnotate(deps),
    link: notYet,
    track: createTrack(deps),
  }
}
