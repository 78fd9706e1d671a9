import { Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LabelsField } from './labels-field.tsx'

/** What a person can say of a model that is not here yet. */
export interface AddressSaid {
  readonly sha256: string
  readonly labels: readonly string[]
}

interface Props {
  readonly said: AddressSaid
  readonly onChange: (said: AddressSaid) => void
}

/** What is behind an address can be looked at only when it is here: what may be asked of it is asked before. */
export function AddressFields({ said, onChange }: Props) {
  const { t } = useTranslation('models')
  const { sha256 } = said
  return (
    <details>
      <summary>{t('addressMore')}</summary>
      <Stack gap="sm" mt="xs">
        <TextInput
          label={t('sha256')}
          description={t('sha256Hint')}
          error={sha256 !== '' && !isHash(sha256) && t('sha256Wrong')}
          value={sha256}
          onChange={(event) => onChange({ ...said, sha256: event.currentTarget.value.trim() })}
        />
        <LabelsField
          count={null}
          value={said.labels}
          onChange={(labels) => onChange({ ...said, labels })}
        />
      </Stack>
    </details>
  )
}

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text)
