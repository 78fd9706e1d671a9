import { AppError } from '#shared/errors/app-error.ts'

/** @throws CANCELLED once the signal is aborted */
export function throwIfCancelled(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw new AppError('CANCELLED', { what })
}
