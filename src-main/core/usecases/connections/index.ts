import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'

function notYet(): never {
  throw new AppError('INTERNAL', { detail: 'this is being built' })
}

export function connectionUsecases(_deps: Deps): Usecases['connections'] {
  return {
    list: notYet,
    defaults: notYet,
    save: notYet,
    remove: notYet,
    test: notYet,
    log: notYet,
  }
}
