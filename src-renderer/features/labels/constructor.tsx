import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { AddLabel } from './add-label.tsx'
import { LabelForm } from './label-form.tsx'
import { colorOf } from './label-list.ts'
import classes from './labels.module.css'
import { SkeletonDialog } from './skeleton/skeleton-dialog.tsx'

interface Props {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  readonly onDone?: () => void
  /** True while a skeleton is built: what is on the screen is not in the list yet. */
  readonly onBuilding: (building: boolean) => void
}

/** Labels as chips; the chosen one is edited below them. */
export function Constructor({ value, onChange, onDone, onBuilding }: Props) {
  const { t } = useTranslation('labels')
  const [chosen, setChosen] = useState<number | null>(null)
  const label = chosen === null ? undefined : value[chosen]
  const [building, setBuilding] = useState<RawLabel | null>(null)
  const build = (one: RawLabel | null) => {
    setBuilding(one)
    onBuilding(one !== null)
  }
  const finish = (built: RawLabel) => {
    const isNew = !building || !value.includes(building)
    onChange(isNew ? [...value, built] : value.map((one) => (one === building ? built : one)))
    build(null)
  }
  const replace = (changed: RawLabel) =>
    onChange(value.map((other, at) => (at === chosen ? changed : other)))
  const remove = (index: number) => {
    setChosen(null)
    onChange(value.filter((_, at) => at !== index))
  }
  return (
    <>
      <AddLabel
        value={value}
        onChange={onChange}
        onSkeleton={(name) => build({ name, type: 'skeleton', attributes: [] })}
        {...(onDone && { onDone })}
      />
      {value.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noneHint')}
        </Text>
      )}
      <div className={classes.chips}>
        {value.map((item, at) => (
          <button
            key={item.id ?? item.name}
            type="button"
            className={classes.chip}
            aria-pressed={at === chosen}
            onClick={() => setChosen(at === chosen ? null : at)}
            onKeyDown={(event) => event.key === 'Delete' && remove(at)}
          >
            <i style={{ background: colorOf(item, value) }} />
            {item.name}
            {item.type !== 'any' && <small>{t(`type-${item.type}`)}</small>}
            {item.attributes.length > 0 && <small>+{item.attributes.length}</small>}
          </button>
        ))}
      </div>
      {label && chosen !== null && (
        <LabelForm
          key={chosen}
          label={label}
          taken={value.filter((other) => other !== label).map((other) => other.name)}
          color={colorOf(label, value)}
          onChange={replace}
          onRemove={() => remove(chosen)}
          onBuild={() => build(label)}
        />
      )}
      {building && (
        <SkeletonDialog
          label={building}
          isNew={!value.includes(building)}
          others={value.filter((other) => other !== building)}
          color={colorOf(building, value)}
          onDone={finish}
          onCancel={() => build(null)}
        />
      )}
    </>
  )
}
