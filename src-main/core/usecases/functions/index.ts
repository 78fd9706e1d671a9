import type { Deps, Usecases } from '../../usecase.ts'
import { createAnnotate } from './annotate.ts'
import { createCall } from './call.ts'
import { createDetect } from './detect.ts'
import { createInteract } from './interact.ts'
import { createLink } from './link.ts'
import { createMapping } from './mapping.ts'
import { createPrepare } from './prepare.ts'
import { scissors } from './scissors.ts'
import { createTrack } from './track.ts'

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
    link: createLink(deps),
    track: createTrack(deps),
  }
}
