import { Button, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import classes from './labels.module.css'
import { readRawText, writeRawText } from './raw-text.ts'

interface Props {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  readonly onValid: (valid: boolean) => void
}

/** CVAT's raw JSON, read at every keystroke: what is wrong is said with its place. */
export function RawEditor({ value, onChange, onValid }: Props) {
  const { t } = useTranslation('labels')
  const [text, setText] = useState(() => writeRawText(value))
  const read = useMemo(() => readRawText(text), [text])
  const edit = (next: string) => {
    setText(next)
    const result = readRawText(next)
    onValid(result.labels !== null)
    if (result.labels) onChange(result.labels)
  }
  return (
    <>
      <Textarea
        data-autofocus
        aria-label={t('rawLabel')}
        classNames={{ input: classes.raw ?? '' }}
        rows={16}
        resize="vertical"
        spellCheck={false}
        value={text}
        error={read.problem !== null}
        onChange={(event) => edit(event.currentTarget.value)}
      />
      {read.problem ? (
        <ErrorNotice problem={{ code: 'LABELS_INVALID', ...read.problem }} />
      ) : (
        <div className={classes.fine} role="status">
          <IconCheck size={15} />
          {t('rawFine', { count: read.labels.length })}
          <Button variant="subtle" color="gray" onClick={() => edit(writeRawText(read.labels))}>
            {t('format')}
          </Button>
        </div>
      )}
    </>
  )
}
