import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormatInfo } from '#shared/contract/datasets.ts'
import classes from './datasets.module.css'

interface Props {
  readonly formats: readonly FormatInfo[]
  readonly value: string
  readonly onChange: (name: string) => void
}

/** Formats with what they are good for; arrows move between them. */
export function FormatPicker({ formats, value, onChange }: Props) {
  const { t } = useTranslation('datasets')
  return (
    <Radio.Group value={value} onChange={onChange} aria-label={t('format')}>
      <div className={classes.formats}>
        {formats.map((format) => (
          <Radio.Card key={format.name} value={format.name} className={classes.format ?? ''}>
            <Radio.Indicator size="xs" />
            <span>
              <b>{format.name}</b>
              <small>{format.description}</small>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
