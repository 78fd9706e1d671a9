import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'

function notYet(): never {
  throw new AppError('INTERNAL', { detail: 'this is being built' })
}

export function modelUsecases(_deps: Deps): Usecases['models'] {
  return {
    list: notYet,
    inspect: notYet,
    try: notYet,
    install: notYet,
    remove: notYet,
    update: notYet,
    bench: notYet,
    devices: notYet,
    setMemoryLimit: notYet,
    catalogue: notYet,
    families: notYet,
  }
}
