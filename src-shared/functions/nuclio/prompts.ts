import type { InteractorPrompts } from '../../domain/function.ts'
import { type Fields, isTrue, SpecProblem, textOf, wholeIn } from './plain-values.ts'

/** Interactors below it are refused by CVAT's screen. */
const CVAT_LEAST_VERSION = 2

/**
 * How an interactor wants to be asked.
 * @param hint  told what a CVAT server would do otherwise
 * @throws SpecProblem
 */
export function readPrompts(
  annotations: Fields,
  hint: (sentence: string) => void,
): InteractorPrompts {
  const minNegative = wholeIn(annotations, 'min_neg_points', -1)
  const minPositive = wholeIn(annotations, 'min_pos_points', 1)
  if (minPositive < 0) throw new SpecProblem('min_pos_points is negative')
  if (wholeIn(annotations, 'version', 1) < CVAT_LEAST_VERSION)
    hint("It says version 1: CVAT's own screen refuses interactors below version 2.")
  for (const key of ['startswith_box', 'startswith_box_optional']) {
    const text = textOf(annotations[key])
    if (text !== null && text !== '' && !isTrue(text))
      hint(`${key} is "${text}": a CVAT server takes any text for true. Leave the line out.`)
  }
  return {
    minPositive,
    minNegative: minNegative < 0 ? null : minNegative,
    box: isTrue(annotations.startswith_box)
      ? 'required'
      : isTrue(annotations.startswith_box_optional)
        ? 'optional'
        : 'none',
    preparable: false,
  }
}
