import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormatInfo } from '#shared/contract/datasets.ts'

interface Props {
  readonly formats: readonly FormatInfo[]
  /** Null: told from the content. */
  readonly value: string | null
  readonly onChange: (name: string | null) => void
}

/** The format of a file to import, for the rare one whose content does not say it. */
export function FormatField({ formats, value, onChange }: Props) {
  const { t } = useTranslation('datasets')
  const importers = formats.filter((format) => format.import)
  const chosen = importers.find(({ name }) => name === value)
  return (
    <Select
      label={t('format')}
      description={chosen?.description ?? t('formatByContentHint')}
      placeholder={t('formatByContent')}
      searchable
      clearable
      nothingFoundMessage={t('formatNone')}
      value={chosen?.name ?? null}
      data={importers.map(({ name }) => name)}
      onChange={onChange}
    />
  )
}
