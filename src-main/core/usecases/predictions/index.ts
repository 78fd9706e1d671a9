import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'

function notYet(): never {
  throw new AppError('INTERNAL', { detail: 'this is being built' })
}

export function predictionUsecases(_deps: Deps): Usecases['predictions'] {
  return {
    frame: notYet,
    summary: notYet,
    next: notYet,
    accept: notYet,
    reject: notYet,
    restore: notYet,
    clear: notYet,
    differences: notYet,
  }
}
