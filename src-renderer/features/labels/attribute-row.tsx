import {
  ActionIcon,
  Checkbox,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inputTypes } from '#shared/domain/label.ts'
import type { AttributeForm } from './attribute-form.ts'
import classes from './labels.module.css'

interface Props {
  readonly form: AttributeForm
  /** Just added: its name is to be typed. */
  readonly isNew: boolean
  readonly onChange: (form: AttributeForm) => void
  readonly onRemove: () => void
}

/** One attribute on one line: name, input, its values, default, mutable. */
export function AttributeRow({ form, isNew, onChange, onRemove }: Props) {
  const { t } = useTranslation('labels')
  const set = (change: Partial<AttributeForm>) => onChange({ ...form, ...change })
  return (
    <div className={classes.attribute}>
      <TextInput
        w={120}
        aria-label={t('attributeName')}
        maxLength={64}
        autoFocus={isNew}
        onFocus={(event) => event.currentTarget.select()}
        value={form.name}
        error={form.name.trim() === ''}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        w={104}
        aria-label={t('inputType')}
        allowDeselect={false}
        value={form.inputType}
        data={inputTypes.map((type) => ({ value: type, label: t(`input-${type}`) }))}
        onChange={(inputType) => inputType && set({ inputType })}
      />
      <div className={classes.values}>
        <Values form={form} set={set} />
      </div>
      <Tooltip label={t('mutableHint')}>
        <Checkbox
          label={t('mutable')}
          checked={form.mutable}
          onChange={(event) => set({ mutable: event.currentTarget.checked })}
        />
      </Tooltip>
      <Tooltip label={t('removeAttribute', { name: form.name })}>
        <ActionIcon aria-label={t('removeAttribute', { name: form.name })} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

type Part = { readonly form: AttributeForm; readonly set: (change: Partial<AttributeForm>) => void }

function Values({ form, set }: Part) {
  const { t } = useTranslation('labels')
  switch (form.inputType) {
    case 'select':
    case 'radio':
      return <ChoiceValues form={form} set={set} />
    case 'number':
      return <NumberValues form={form} set={set} />
    case 'checkbox':
      return (
        <Checkbox
          label={t('default')}
          checked={form.defaultValue === 'true'}
          onChange={(event) => set({ defaultValue: String(event.currentTarget.checked) })}
        />
      )
    case 'text':
      return (
        <TextInput
          className={classes.grow ?? ''}
          placeholder={t('default')}
          aria-label={t('default')}
          value={form.defaultValue}
          onChange={(event) => set({ defaultValue: event.currentTarget.value })}
        />
      )
  }
}

function ChoiceValues({ form, set }: Part) {
  const { t } = useTranslation('labels')
  return (
    <>
      <TagsInput
        size="xs"
        className={classes.grow ?? ''}
        aria-label={t('values')}
        placeholder={form.choices.length === 0 ? t('valuesPlaceholder') : ''}
        value={[...form.choices]}
        error={form.choices.length === 0}
        onChange={(choices) => set({ choices })}
        isDuplicate={(value, now) => now.includes(value)}
      />
      <Select
        w={110}
        aria-label={t('default')}
        placeholder={t('defaultFirst')}
        value={form.choices.includes(form.defaultValue) ? form.defaultValue : null}
        data={[...new Set(form.choices)]}
        onChange={(defaultValue) => set({ defaultValue: defaultValue ?? '' })}
      />
    </>
  )
}

function NumberValues({ form, set }: Part) {
  const { t } = useTranslation('labels')
  const field = (key: 'min' | 'max' | 'step') => (
    <NumberInput
      w={74}
      aria-label={t(key)}
      leftSection={<small>{t(key)}</small>}
      leftSectionWidth={32}
      hideControls
      value={form[key]}
      onChange={(value) => typeof value === 'number' && set({ [key]: value })}
    />
  )
  return (
    <>
      {field('min')}
      {field('max')}
      {field('step')}
      <NumberInput
        w={84}
        aria-label={t('default')}
        placeholder={t('default')}
        hideControls
        min={form.min}
        max={form.max}
        value={form.defaultValue}
        onChange={(value) => set({ defaultValue: String(value) })}
      />
    </>
  )
}
