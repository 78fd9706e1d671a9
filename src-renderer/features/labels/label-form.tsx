import { Button, Select, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { simpleTypes } from './add-label.tsx'
import { fromForm, newAttributeForm, toForm } from './attribute-form.ts'
import { AttributeRow } from './attribute-row.tsx'
import { ColorField } from './color-field.tsx'
import classes from './labels.module.css'

interface Props {
  readonly label: RawLabel
  /** Names of the other labels. */
  readonly taken: readonly string[]
  readonly color: string
  readonly onChange: (label: RawLabel) => void
  readonly onRemove: () => void
}

/** One label: name, shape, colour and its attributes. A name that cannot be is shown, not kept. */
export function LabelForm({ label, taken, color, onChange, onRemove }: Props) {
  const { t } = useTranslation('labels')
  const [name, setName] = useState(label.name)
  const problem = name.trim() === '' ? 'empty' : taken.includes(name.trim()) ? 'duplicate' : null
  const rename = (next: string) => {
    setName(next)
    const clean = next.trim()
    if (clean !== '' && !taken.includes(clean)) onChange({ ...label, name: clean })
  }
  const [added, setAdded] = useState<number | null>(null)
  const setAttributes = (attributes: RawLabel['attributes']) => onChange({ ...label, attributes })
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
          <Text size="xs" c="dimmed">
            {t('skeletonNote')}
          </Text>
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
      <div className={classes.attributesHead}>
        <h3>{t('attributes')}</h3>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            setAdded(label.attributes.length)
            setAttributes([
              ...label.attributes,
              fromForm(newAttribute(label, t('newAttributeName'))),
            ])
          }}
        >
          {t('addAttribute')}
        </Button>
      </div>
      {label.attributes.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('noAttributes')}
        </Text>
      )}
      {label.attributes.map((attribute, at) => (
        <AttributeRow
          // biome-ignore lint/suspicious/noArrayIndexKey: attributes keep their places while they are edited
          key={at}
          form={toForm(attribute)}
          isNew={at === added}
          onChange={(form) =>
            setAttributes(label.attributes.map((a, i) => (i === at ? fromForm(form) : a)))
          }
          onRemove={() => setAttributes(label.attributes.filter((_, i) => i !== at))}
        />
      ))}
    </section>
  )
}

/** A text attribute under a name nobody has: it is valid as it is, so the list stays valid while it is filled in. */
function newAttribute(label: RawLabel, base: string) {
  const taken = new Set(label.attributes.map((attribute) => attribute.name))
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base} ${n}`
  return { ...newAttributeForm(name), inputType: 'text' as const }
}
