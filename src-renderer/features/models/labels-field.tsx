import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { counted } from '#renderer/ui/format.ts'
import { COCO_80, COCO_91 } from '#shared/domain/coco-names.ts'

interface Props {
  /** Classes of the model's outputs; null where they do not tell. */
  readonly count: number | null
  readonly value: readonly string[]
  readonly onChange: (names: string[]) => void
}

/** The names of a model's classes, a line each, in their order: the one thing most files do not say. */
export function LabelsField({ count, value, onChange }: Props) {
  const { t } = useTranslation('models')
  const [text, setText] = useState(value.join('\n'))
  const names = namesIn(text)
  const set = (next: string) => {
    setText(next)
    onChange(namesIn(next))
  }
  const isOff = count !== null && names.length !== count
  const known = [COCO_80, COCO_91].filter((list) => count === null || list.length === count)
  return (
    <div>
      <Textarea
        label={t('whichLabels')}
        description={count === null ? t('whichLabelsHint') : t('whichLabelsCount', counted(count))}
        error={isOff && names.length > 0 ? t('labelsGiven', counted(names.length)) : false}
        autosize
        minRows={4}
        maxRows={10}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <Group gap="xs" mt={6}>
        {known.map((list) => (
          <Button
            key={list.length}
            variant="default"
            size="compact-xs"
            onClick={() => set(list.join('\n'))}
          >
            {t('cocoNames', { count: list.length })}
          </Button>
        ))}
      </Group>
    </div>
  )
}

/** A line a name; also what people paste: lists with commas, quotes and brackets. */
export function namesIn(text: string): string[] {
  const separator = text.includes('\n') ? /\r?\n/ : /,/
  return text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(separator)
    .map((name) =>
      name
        .trim()
        .replace(/,$/, '')
        .replace(/^(\d+\s*:\s*)?["']?(.*?)["']?$/, '$2')
        .trim(),
    )
    .filter((name) => name !== '')
}
