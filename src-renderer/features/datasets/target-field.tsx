import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { pickPaths } from '#renderer/state/pick.ts'

interface Props {
  readonly value: string
  readonly onChange: (path: string) => void
  /** What the file is called where a person browses for a place. */
  readonly fileName: string
  readonly autoFocus?: boolean
}

/** Where a file is to be written: typed, or chosen. Empty: the exports folder of the data directory. */
export function TargetField({ value, onChange, fileName, autoFocus }: Props) {
  const { t } = useTranslation('datasets')
  const browse = async () => {
    const paths = await pickPaths({ mode: 'save', title: t('file'), fileName })
    if (paths?.[0]) onChange(paths[0])
  }
  return (
    <Group align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        data-autofocus={autoFocus}
        label={t('file')}
        placeholder={t('fileDefault')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => void browse()}>
        {t('browse')}
      </Button>
    </Group>
  )
}
