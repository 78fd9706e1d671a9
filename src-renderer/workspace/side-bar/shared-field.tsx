import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttributeSpec } from '#shared/domain/label.ts'
import classes from './bulk-panel.module.css'

interface Props {
  readonly spec: AttributeSpec
  /** null: the annotations differ. */
  readonly value: string | null
  readonly set: (value: string) => void
}

/** An attribute of many: choices as a list that may say “Mixed”, anything else as a field. */
export function SharedField(props: Props) {
  const { spec } = props
  const isTyped = spec.inputType === 'text' || spec.inputType === 'number'
  return (
    <div className={classes.field}>
      <span>{spec.name}</span>
      {isTyped ? <TypedField {...props} /> : <ChoiceField {...props} />}
    </div>
  )
}

function ChoiceField({ spec, value, set }: Props) {
  const { t } = useTranslation('workspace')
  const known = spec.inputType === 'checkbox' ? ['true', 'false'] : spec.values
  const choices = new Set(value === null ? known : [...known, value])
  return (
    <select
      aria-label={spec.name}
      value={value ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
    >
      {value === null && (
        <option value="" disabled>
          {t('mixed')}
        </option>
      )}
      {[...choices].map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  )
}

/** One step when the field is left or Enter pressed; left as it was, Mixed stays mixed. */
function TypedField({ spec, value, set }: Props) {
  const { t } = useTranslation('workspace')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = value ?? ''
  }, [value])
  const [min, max, step] = spec.values
  const range = spec.inputType === 'number' ? { type: 'number', min, max, step } : { type: 'text' }
  const commit = (input: HTMLInputElement) => {
    const isSame = input.value === (value ?? '')
    if (input.validity.valid && !isSame) set(input.value)
    else input.value = value ?? ''
  }
  return (
    <input
      ref={field}
      aria-label={spec.name}
      {...range}
      placeholder={value === null ? t('mixed') : ''}
      defaultValue={value ?? ''}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = value ?? ''
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
      }}
      onBlur={(event) => commit(event.currentTarget)}
    />
  )
}
