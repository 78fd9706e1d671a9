import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTopologyStar } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LabelType, labelTypes } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { ColorField } from './color-field.tsx'
import { type AddResult, addLabel, colorOf } from './label-list.ts'
import classes from './labels.module.css'

/** Skeletons need joints, which the skeleton builder makes. */
export const simpleTypes = labelTypes.filter((type) => type !== 'skeleton')

interface Props {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  readonly onDone?: () => void
  /** Begin a skeleton under the name that is typed. */
  readonly onSkeleton: (name: string) => void
}

/** Type a name, Enter, the next name, Enter … and Enter in the empty field when done. */
export function AddLabel({ value, onChange, onDone, onSkeleton }: Props) {
  const { t } = useTranslation('labels')
  const [name, setName] = useState('')
  const [type, setType] = useState<LabelType>('any')
  const [color, setColor] = useState<string | null>(null)
  const [problem, setProblem] = useState<AddResult['problem']>(null)
  const field = useRef<HTMLInputElement>(null)
  const add = () => {
    const result = addLabel(value, { name, type, color })
    setProblem(result.problem)
    field.current?.focus()
    if (!result.labels) return
    onChange(result.labels)
    setName('')
    setColor(null)
  }
  const preview = color ?? colorOf({ name: name.trim(), type, attributes: [] }, value)
  return (
    <div className={classes.add}>
      <ColorField value={preview} onChange={setColor} />
      <TextInput
        ref={field}
        data-autofocus
        className={classes.grow ?? ''}
        aria-label={t('add')}
        placeholder={t('addPlaceholder')}
        value={name}
        error={problem && t(problem)}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setProblem(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (name.trim() === '' && onDone) onDone()
          else add()
        }}
      />
      <Select
        w={130}
        aria-label={t('type')}
        allowDeselect={false}
        value={type}
        data={simpleTypes.map((one) => ({ value: one, label: t(`type-${one}`) }))}
        onChange={(next) => next && setType(next)}
      />
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
        {t('add')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTopologyStar size={14} />}
        onClick={() => {
          onSkeleton(name.trim())
          setName('')
        }}
      >
        {t('setupSkeleton')}
      </Button>
    </div>
  )
}
