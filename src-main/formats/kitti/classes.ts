import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import {
  BACKGROUND,
  backgroundFirst,
  type ColoredLabel,
  coloredLabels,
  inNameOrder,
} from '../common/label-colors.ts'

/** An instance's pixels are 256 x its class + its number, in 16 bits. */
export const OBJECTS = 256

/**
 * The classes of a task, in the order that numbers them: by name, the background first.
 * @throws INPUT_INVALID for more than pixels can number
 */
export function kittiClasses(labels: readonly Label[]): ColoredLabel[] {
  const classes = backgroundFirst(inNameOrder(coloredLabels(labels)))
  if (classes.length <= OBJECTS) return classes
  const problem = `the task has more than ${OBJECTS - 1} labels, which is all that its pixels can number`
  throw new AppError('INPUT_INVALID', { where: 'KITTI 1.0', problem })
}

/** The classes a file lists, as readers number them: without a background of its own a list has one before it. */
export function listedClasses(listed: readonly ColoredLabel[]): ColoredLabel[] {
  const hasBackground = listed.some(({ name, color }) => name === BACKGROUND || color === 0)
  return hasBackground ? backgroundFirst(listed) : [{ name: BACKGROUND, color: 0 }, ...listed]
}
