import { Button, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { simpleTypes } from './add-label.tsx'
import { AttributeList } from './attribute-list.tsx'
import { ColorField } from './color-field.tsx'
import classes from './labels.module.css'
import { SkeletonPreview } from './skeleton/skeleton-preview.tsx'

interface Props {
  readonly label: RawLabel
  /** Names of the other labels. */
  readonly taken: readonly string[]
  readonly color: string
  readonly onChange: (label: RawLabel) => void
  readonly onRemove: () => void
  /** Opens the skeleton builder; asked of skeletons only. */
  readonly onBuild: () => void
}

/** One label: name, shape, colour and its attributes. A name that cannot be is shown, not kept. */
export function LabelForm({ label, taken, color, onChange, onRemove, onBuild }: Props) {
  const { t } = useTranslation('labels')
  const [name, setName] = useState(label.name)
  const problem = name.trim() === '' ? 'empty' : taken.includes(name.trim()) ? 'duplicate' : null
  const rename = (next: string) => {
    setName(next)
    const clean = next.trim()
    if (clean !== '' && !taken.includes(clean)) onChange({ ...label, name: clean })
  }
  return (
    <section className={classes.form} aria-label={t('editing', { name: label.name })}>
      <div className={classes.formRow}>
        <ColorField value={color} onChange={(next) => onChange({ ...label, color: next })} />
        <TextInput
          className={classes.grow ?? ''}
          aria-label={t('name')}
          maxLength={64}
          value={name}
          error={problem && t(problem)}
          onChange={(event) => rename(event.currentTarget.value)}
        />
        {label.type === 'skeleton' ? (
          <Button
            variant="default"
            leftSection={<SkeletonPreview label={label} />}
            onClick={onBuild}
          >
            {t('editSkeleton')}
          </Button>
        ) : (
          <Select
            w={130}
            aria-label={t('type')}
            allowDeselect={false}
            value={label.type}
            data={simpleTypes.map((one) => ({ value: one, label: t(`type-${one}`) }))}
            onChange={(type) => type && onChange({ ...label, type })}
          />
        )}
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={onRemove}
        >
          {t('remove')}
        </Button>
      </div>
      <AttributeList
        attributes={label.attributes}
        onChange={(attributes) => onChange({ ...label, attributes })}
      />
    </section>
  )
}
