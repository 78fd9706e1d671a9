import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttributeSpec } from '#shared/domain/label.ts'
import { useBench } from '../../bench/context.ts'
import classes from '../modes.module.css'
import { walkAttributes, walkObjects } from './attributes.ts'
import { keyedValues } from './keyed-values.ts'

const PAUSE_MS = 100

interface Props {
  readonly spec: AttributeSpec
  readonly value: string
  readonly isLocked: boolean
  readonly give: (value: string) => void
}

/** A value that is typed. The field has the focus, so it passes on the keys that walk from object to object. */
export function TypedValue({ spec, value, isLocked, give }: Props) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const [min, max, step] = spec.values
  const isNumber = spec.inputType === 'number'
  const commit = (input: HTMLInputElement) => {
    if (input.validity.valid && input.value !== value) give(input.value)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = walkOf(event)
    if (event.key === 'Escape') event.currentTarget.value = value
    if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    commit(event.currentTarget)
    pause(event.currentTarget)
    if (by.what === 'object') walkObjects(bench, by.step)
    else walkAttributes(bench, by.step)
  }
  return (
    <label className={classes.typed}>
      <span>{isNumber ? t('aamNumber', { min, max, step }) : t('aamText')}</span>
      <input
        type={isNumber ? 'number' : 'text'}
        {...(isNumber ? { min, max, step } : {})}
        defaultValue={value}
        disabled={isLocked}
        // biome-ignore lint/a11y/noAutofocus: this workspace is one field after the other
        autoFocus={keyedValues(spec).length === 0}
        onKeyDown={onKeyDown}
        onBlur={(event) => commit(event.currentTarget)}
      />
      <small>{t('aamTypedHint')}</small>
    </label>
  )
}

/** The next object's field takes a frame to appear: what is typed before that must not end up in this one. */
function pause(input: HTMLInputElement): void {
  input.readOnly = true
  setTimeout(() => {
    input.readOnly = false
  }, PAUSE_MS)
}

function walkOf(event: KeyboardEvent): { what: 'object' | 'attribute'; step: 1 | -1 } | null {
  if (event.key === 'Tab') return { what: 'object', step: event.shiftKey ? -1 : 1 }
  if (event.key === 'ArrowDown') return { what: 'attribute', step: 1 }
  if (event.key === 'ArrowUp') return { what: 'attribute', step: -1 }
  return null
}
