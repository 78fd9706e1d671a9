import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '#renderer/state/queries.ts'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { ClassNames } from './class-names.tsx'
import { type Edits, openQuestions, withEdits } from './edits.ts'
import { FamilyField } from './family-field.tsx'
import { IdentityFields } from './identity-fields.tsx'
import classes from './models.module.css'
import { SizeFields } from './size-fields.tsx'
import { TryIt } from './try-it.tsx'

interface Props {
  readonly proposal: ModelProposal
  readonly edits: Edits
  readonly onEdit: (edits: Edits) => void
  /** Look again, as one of this family. */
  readonly onFamily: (family: string) => void
  /** The manifest with all that was said, as the core completes it. @throws what the core answers */
  readonly settle: () => Promise<ModelManifest>
  readonly onInstall: (overwrite: boolean) => void
  readonly isBusy: boolean
  readonly close: () => void
}

/** What a model is, as far as its files tell, and only the questions they leave open. */
export function ProposalCard(props: Props) {
  const { proposal, edits, onEdit, onFamily, settle, onInstall, isBusy, close } = props
  const { t } = useTranslation('models')
  const [replace, setReplace] = useState(false)
  const [isChosen, setChosen] = useState(false)
  const models = useQuery(orpc.models.list.queryOptions())
  const { data: families } = useQuery(orpc.models.families.queryOptions())
  const manifest = withEdits(proposal, edits)
  const taken = models.data?.find(({ id }) => id === manifest.id) ?? null
  const roles = families?.find(({ id }) => id === manifest.family)?.roles ?? null
  const questions = openQuestions(proposal, manifest, { roles, taken })
  const isKnown = !proposal.missing.includes('family')
  const isSure = isKnown && leads(proposal)
  const isReady = questions.length === 0
  const change = (some: Edits) => onEdit({ ...edits, ...some })
  return (
    <Stack gap="md">
      <Facts proposal={proposal} />
      {isSure && !isChosen ? (
        <Button
          className={classes.otherFamily ?? ''}
          variant="subtle"
          size="compact-xs"
          onClick={() => setChosen(true)}
        >
          {t('otherFamily')}
        </Button>
      ) : (
        <FamilyField proposal={proposal} onChoose={onFamily} />
      )}
      {questions.includes('files') && roles && (
        <Text size="sm" className={classes.warning ?? ''} role="alert">
          {t('needsFiles', { roles: roles.join(', ') })}
        </Text>
      )}
      <IdentityFields
        manifest={manifest}
        questions={questions}
        taken={taken}
        replace={replace}
        onReplace={setReplace}
        onChange={change}
      />
      {proposal.missing.includes('size') && <SizeFields edits={edits} onChange={change} />}
      {isKnown && manifest.kind === 'detector' && (
        <ClassNames
          proposal={proposal}
          manifest={manifest}
          onChange={(labels) => change({ labels })}
        />
      )}
      {isKnown && <TryIt proposal={proposal} settle={settle} isReady={isReady} />}
      <Group justify="flex-end" gap="xs" className={classes.foot ?? ''}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button
          disabled={!isReady || (taken !== null && !replace)}
          loading={isBusy}
          onClick={() => onInstall(replace)}
        >
          {t('install')}
        </Button>
      </Group>
    </Stack>
  )
}

/** The likeliest family is likely, and no other nearly as likely; what was chosen for it says so itself. */
function leads({ families: [best, next] }: ModelProposal): boolean {
  if (!best) return false
  return best.certainty >= 0.8 && best.certainty - (next?.certainty ?? 0) >= 0.1
}

function Facts({ proposal }: { proposal: ModelProposal }) {
  const { t } = useTranslation('models')
  const { manifest, missing, readFrom, facts, notes, families } = proposal
  const family = families.find(({ id }) => id === manifest.family)?.name ?? manifest.family
  return (
    <div className={classes.proposal}>
      <div className={classes.found}>
        <b>{missing.includes('family') ? t('unknownModel') : family}</b>
        {!missing.includes('family') && <span>{t(`one-${manifest.kind}`)}</span>}
        <small>{t('readFrom', { where: readFrom })}</small>
      </div>
      {facts.map((fact) => (
        <Code key={fact} className={classes.factLine ?? ''}>
          {fact}
        </Code>
      ))}
      {notes.map((note) => (
        <Text key={note} size="sm" c="dimmed">
          {note}
        </Text>
      ))}
    </div>
  )
}
