import { Anchor, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { counted } from '#renderer/ui/format.ts'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { LabelsField } from './labels-field.tsx'

/** As many are named before somebody wants to change them. */
const FEW = 12

interface Props {
  readonly proposal: ModelProposal
  readonly manifest: ModelManifest
  readonly onChange: (names: string[]) => void
}

/** What a detector's classes are called: asked where its file does not say, told where it does. */
export function ClassNames({ proposal, manifest, onChange }: Props) {
  const { t } = useTranslation('models')
  const isAsked = proposal.missing.includes('labels')
  const [isChanged, setChanged] = useState(false)
  const { labels } = manifest
  if (isAsked || isChanged)
    return (
      <LabelsField
        count={proposal.classes}
        value={labels.map(({ name }) => name)}
        onChange={onChange}
      />
    )
  if (labels.length === 0) return null
  const names = labels.slice(0, FEW).map(({ name }) => name)
  return (
    <Text size="sm">
      {t('labelsKnown', counted(labels.length))}{' '}
      <Text span c="dimmed">
        {names.join(', ')}
        {labels.length > FEW && ' …'}
      </Text>{' '}
      <Anchor component="button" type="button" size="sm" onClick={() => setChanged(true)}>
        {t('rename')}
      </Anchor>
    </Text>
  )
}
