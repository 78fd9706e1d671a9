import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { Constructor } from './constructor.tsx'
import classes from './labels.module.css'
import { RawEditor } from './raw-editor.tsx'
import { writeRawText } from './raw-text.ts'

interface Props {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  /** False while the raw text cannot be read, or a skeleton is half built; `value` then is the last good state. */
  readonly onValid: (valid: boolean) => void
  /** Enter in the empty name field. */
  readonly onDone?: () => void
}

/** Labels in two lights: a constructor, and CVAT's raw JSON. Both edit the same list. */
export function LabelEditor({ value, onChange, onValid, onDone }: Props) {
  const { t } = useTranslation('labels')
  const [mode, setMode] = useState<'constructor' | 'raw'>('constructor')
  const show = (next: 'constructor' | 'raw') => {
    // Half-typed JSON is dropped with the raw editor: the list is what was last valid.
    onValid(true)
    setMode(next)
  }
  return (
    <div className={classes.editor}>
      <div className={classes.head}>
        <Segmented
          label={t('rawLabel')}
          value={mode}
          onChange={show}
          data={[
            { value: 'constructor', label: t('constructor') },
            { value: 'raw', label: t('raw') },
          ]}
        />
        <span className={classes.count}>{t('count', { count: value.length })}</span>
        <CopyButton value={writeRawText(value)}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              color="gray"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {mode === 'constructor' ? (
        <Constructor
          value={value}
          onChange={onChange}
          onBuilding={(building) => onValid(!building)}
          {...(onDone && { onDone })}
        />
      ) : (
        <RawEditor value={value} onChange={onChange} onValid={onValid} />
      )}
    </div>
  )
}
