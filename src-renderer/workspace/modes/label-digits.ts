import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { type Digit, digitsOf } from './digits.ts'

/** The label a digit stands for now. */
export function labelOfDigit(labels: readonly Label[], digit: Digit): Label | undefined {
  return digitsOf(labels, useSettings.getState().labelDigits).get(digit)
}

/** From now on `digit` means this label; whichever had it takes what is left over. */
export function chooseDigit(labelId: LabelId, digit: Digit): void {
  const { labelDigits } = useSettings.getState()
  const others = Object.entries(labelDigits).filter(([, taken]) => taken !== digit)
  setSettings({ labelDigits: { ...Object.fromEntries(others), [labelId]: digit } })
}
