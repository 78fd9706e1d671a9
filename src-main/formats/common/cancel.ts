import { AppError } from '#shared/errors/app-error.ts'

/** @throws CANCELLED once the person has cancelled; `what` starts the sentence ("The export") */
export function throwIfCancelled(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw new AppError('CANCELLED', { what })
}
