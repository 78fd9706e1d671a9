import { Button, Group, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FileField } from './file-field.tsx'
import { likelyFormat } from './likely-format.ts'

interface File {
  readonly path: string
  /** Null: told from the content. */
  readonly format: string | null
}

interface Props {
  readonly initial: File
  readonly error: Error | null
  readonly pending: boolean
  readonly onNext: (file: File) => void
  readonly close: () => void
}

/** Which file, and its format where the content should not be trusted to say it. */
export function ImportFile({ initial, error, pending, onNext, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: formats, error: formatsError } = useQuery(queries.formats())
  const [path, setPath] = useState(initial.path)
  const [chosen, setFormat] = useState(initial.format)
  const importers = formats?.filter((format) => format.import) ?? []
  const likely = chosen ?? likelyFormat(path)
  const format = importers.find(({ name }) => name === likely) ?? null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim()) onNext({ path: path.trim(), format: format?.name ?? null })
      }}
    >
      <Stack gap="md">
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        <FileField value={path} onChange={setPath} />
        <Select
          label={t('format')}
          description={format?.description ?? t('formatByContentHint')}
          placeholder={t('formatByContent')}
          searchable
          clearable
          nothingFoundMessage={t('formatNone')}
          value={format?.name ?? null}
          data={importers.map(({ name }) => name)}
          onChange={setFormat}
        />
        {error && <ErrorNotice problem={problemOf(error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={path.trim() === ''}>
            {t('importLook')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
