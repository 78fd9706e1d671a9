import { Button, Code, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { LabelsField } from './labels-field.tsx'
import classes from './models.module.css'
import { TryIt } from './try-it.tsx'

interface Props {
  readonly proposal: ModelProposal
  /** Look again, knowing more. */
  readonly onLook: (given: { family?: string; labels?: string[] }) => void
  readonly onInstall: (manifest: ModelManifest, overwrite: boolean) => void
  readonly isBusy: boolean
  readonly close: () => void
}

/** What a model is, as far as its files tell, and only the questions they leave open. */
export function ProposalCard({ proposal, onLook, onInstall, isBusy, close }: Props) {
  const { t } = useTranslation('models')
  const { families, missing, classes: classCount, readFrom, facts, notes } = proposal
  const [manifest, setManifest] = useState(proposal.manifest)
  const [overwrite, setOverwrite] = useState(false)
  const isUnknown = missing.includes('family')
  const isSure = !isUnknown && (families.length < 2 || (families[0]?.certainty ?? 0) > 0.9)
  const wantsLabels = missing.includes('labels') && manifest.kind === 'detector'
  const isReady = !isUnknown && /^[a-z0-9][a-z0-9._-]*$/.test(manifest.id)
  return (
    <Stack gap="md">
      <div className={classes.proposal}>
        <div className={classes.found}>
          <b>{isUnknown ? t('unknownModel') : nameOfFamily(proposal)}</b>
          <span>{t('readFrom', { where: readFrom })}</span>
        </div>
        {facts.map((fact) => (
          <Code key={fact} className={classes.factLine}>
            {fact}
          </Code>
        ))}
        {notes.map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
      </div>
      {!isSure && families.length > 0 && (
        <Select
          label={t('whichFamily')}
          description={t('whichFamilyHint')}
          allowDeselect={false}
          searchable
          value={isUnknown ? null : manifest.family}
          data={families.map(({ id, name, certainty }) => ({
            value: id,
            label: certainty > 0 ? `${name} · ${Math.round(certainty * 100)} %` : name,
          }))}
          onChange={(family) => family !== null && onLook({ family })}
        />
      )}
      <Group grow align="flex-start">
        <TextInput
          label={t('name')}
          value={manifest.name}
          onChange={(event) => setManifest({ ...manifest, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('id')}
          value={manifest.id}
          onChange={(event) =>
            setManifest({ ...manifest, id: event.currentTarget.value.toLowerCase() })
          }
        />
      </Group>
      {wantsLabels && (
        <LabelsField
          count={classCount}
          value={manifest.labels.map(({ name }) => name)}
          onChange={(names) => setManifest({ ...manifest, labels: labelsNamed(names, manifest) })}
        />
      )}
      {!wantsLabels && manifest.labels.length > 0 && (
        <Text size="sm">
          {t('labelsKnown', {
            count: manifest.labels.length,
            formatted: formatNumber(manifest.labels.length),
          })}{' '}
          <Text span c="dimmed">
            {manifest.labels
              .slice(0, 12)
              .map(({ name }) => name)
              .join(', ')}
            {manifest.labels.length > 12 && ' …'}
          </Text>
        </Text>
      )}
      {isReady && manifest.kind === 'detector' && (
        <TryIt path={proposal.path} manifest={manifest} />
      )}
      <Group justify="space-between">
        <Switch
          size="xs"
          label={t('overwrite')}
          checked={overwrite}
          onChange={(event) => setOverwrite(event.currentTarget.checked)}
        />
        <Group gap="xs">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button
            disabled={!isReady}
            loading={isBusy}
            onClick={() => onInstall(manifest, overwrite)}
          >
            {t('install')}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}

function nameOfFamily({ manifest, families }: ModelProposal): string {
  return families.find(({ id }) => id === manifest.family)?.name ?? manifest.family
}

/** Names a person gave, of the kind of label the file has. */
function labelsNamed(names: readonly string[], { labels }: ModelManifest): FunctionLabel[] {
  const [like] = labels
  return names.map((name, at) => ({
    ...(labels[at] ?? like ?? { type: 'any', attributes: [], sublabels: [], svg: null }),
    name,
  }))
}
