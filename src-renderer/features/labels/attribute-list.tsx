import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RawAttribute } from '#shared/domain/raw-label.ts'
import { fromForm, newAttributeForm, toForm } from './attribute-form.ts'
import { AttributeRow } from './attribute-row.tsx'
import classes from './labels.module.css'

interface Props {
  readonly attributes: readonly RawAttribute[]
  readonly onChange: (attributes: RawAttribute[]) => void
  /** In a narrow column: the fields of one attribute wrap. */
  readonly compact?: boolean
}

/** The attributes of a label or a joint, with a button that adds one. */
export function AttributeList({ attributes, onChange, compact = false }: Props) {
  const { t } = useTranslation('labels')
  const [added, setAdded] = useState<number | null>(null)
  const add = () => {
    setAdded(attributes.length)
    onChange([...attributes, fromForm(newAttribute(attributes, t('newAttributeName')))])
  }
  return (
    <div data-compact={compact} className={classes.attributeList}>
      <div className={classes.attributesHead}>
        <h3>{t('attributes')}</h3>
        <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('addAttribute')}
        </Button>
      </div>
      {attributes.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('noAttributes')}
        </Text>
      )}
      {attributes.map((attribute, at) => (
        <AttributeRow
          // biome-ignore lint/suspicious/noArrayIndexKey: attributes keep their places while they are edited
          key={at}
          form={toForm(attribute)}
          isNew={at === added}
          onChange={(form) => onChange(attributes.map((a, i) => (i === at ? fromForm(form) : a)))}
          onRemove={() => onChange(attributes.filter((_, i) => i !== at))}
        />
      ))}
    </div>
  )
}

/** A text attribute under a name nobody has: it is valid as it is, so the list stays valid while it is filled in. */
function newAttribute(attributes: readonly RawAttribute[], base: string) {
  const taken = new Set(attributes.map((attribute) => attribute.name))
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base} ${n}`
  return { ...newAttributeForm(name), inputType: 'text' as const }
}
