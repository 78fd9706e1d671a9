import { Checkbox, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Model } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Edits, Question } from './edits.ts'

interface Props {
  readonly manifest: ModelManifest
  readonly questions: readonly Question[]
  /** The model here that has this id; null for none. */
  readonly taken: Model | null
  readonly replace: boolean
  readonly onReplace: (replace: boolean) => void
  readonly onChange: (change: Pick<Edits, 'name' | 'id'>) => void
}

/** What it is called, by people and in commands; whether it takes the place of one that is called so already. */
export function IdentityFields(props: Props) {
  const { manifest, questions, taken, replace, onReplace, onChange } = props
  const { t } = useTranslation('models')
  const isShipped = questions.includes('id-shipped')
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label={t('name')}
          error={questions.includes('name')}
          value={manifest.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('id')}
          error={
            questions.includes('id')
              ? t('idRule')
              : isShipped && t('idShipped', { name: taken?.manifest.name ?? '' })
          }
          value={manifest.id}
          onChange={(event) => onChange({ id: event.currentTarget.value.toLowerCase() })}
        />
      </Group>
      {taken && !isShipped && (
        <Checkbox
          label={t('overwrite', { name: taken.manifest.name })}
          checked={replace}
          onChange={(event) => onReplace(event.currentTarget.checked)}
        />
      )}
    </>
  )
}
