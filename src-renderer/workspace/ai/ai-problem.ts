import { ORPCError } from '@orpc/client'
import i18next from 'i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { AppError, type ErrorBody } from '#shared/errors/app-error.ts'

/** Why a function gave no answer: the core's own words, or that what came was none of its answers. */
export function aiProblem(error: unknown): ErrorBody {
  const problem = problemOf(error)
  const isTold = error instanceof AppError || (error instanceof ORPCError && problem.remedy !== '')
  if (isTold) return problem
  const detail = error instanceof Error ? error.message : String(error)
  return {
    code: 'NO_ANSWER',
    message: i18next.t('ai:noAnswer', { detail }),
    remedy: i18next.t('ai:noAnswerRemedy'),
  }
}
