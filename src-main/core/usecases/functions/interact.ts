import type { FunctionInfo } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps, Usecases } from '../../usecase.ts'

type Interact = Usecases['functions']['interact']

/**
 * An object from clicks, a box, or both.
 * @throws INPUT_INVALID for a prompt the function cannot do with
 */
export function createInteract({ functions }: Pick<Deps, 'functions'>): Interact {
  return async ({ taskId, frame, functionId, ...prompt }, caller) => {
    checkPrompt(await functions.get(functionId, 'interactor'), prompt)
    const start = performance.now()
    const answer = await functions.interact({ taskId, frame }, functionId, prompt, {
      ...caller,
      lane: 'now',
    })
    return { ...answer, tookMs: performance.now() - start }
  }
}

/** What the function says it needs is there, and all of it is numbers of a picture. */
function checkPrompt(
  { id, prompts }: FunctionInfo,
  { positive, negative, box }: Omit<Parameters<Interact>[0], 'taskId' | 'frame' | 'functionId'>,
): void {
  const refuse = (where: string, problem: string) => {
    throw new AppError('INPUT_INVALID', { where, problem: `${id} ${problem}` })
  }
  if (box === null && positive.length === 0)
    refuse('positive', 'needs at least a box, or a point inside the object')
  if (prompts === null) return
  if (box !== null && prompts.box === 'none') refuse('box', 'takes no box')
  if (box === null && prompts.box === 'required') refuse('box', 'needs a box')
  if (negative.length > 0 && prompts.minNegative === null)
    refuse('negative', 'takes no points outside the object')
  if (positive.length < prompts.minPositive && (box === null || prompts.box === 'required'))
    refuse('positive', `needs ${prompts.minPositive} points inside the object`)
  if (negative.length < (prompts.minNegative ?? 0))
    refuse('negative', `needs ${prompts.minNegative} points outside the object`)
}
