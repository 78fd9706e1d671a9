import { Button, Group, Loader, Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AddressFields, type AddressSaid, isHash } from './address-fields.tsx'
import { type Edits, withEdits } from './edits.ts'
import { InstallProgress } from './install-progress.tsx'
import { Installed } from './installed.tsx'
import { ProposalCard } from './proposal-card.tsx'
import { SourceField } from './source-field.tsx'

interface Props {
  /** A path or an address that is known already: dropped, or of the catalogue. */
  readonly from: string
  readonly close: () => void
}

type Looking = Parameters<typeof client.models.inspect>[0]
type Order = Parameters<typeof client.models.install>[0]

const isAddress = (text: string) => /^https?:\/\//i.test(text.trim())
const nothingSaid: AddressSaid = { sha256: '', labels: [] }

/** A model from a file, a folder, an archive or an address: what it is, what is missing, a try, and it is there. */
export function AddModelDialog({ from, close }: Props) {
  const { t } = useTranslation('models')
  const [source, setSource] = useState(from)
  const [edits, setEdits] = useState<Edits>({})
  const [said, setSaid] = useState(nothingSaid)
  const inspect = useMutation({
    mutationFn: (given: Looking) => client.models.inspect(given),
  })
  const install = useMutation({
    mutationFn: (order: Order) => client.models.install(order),
  })
  const settling = useMutation({
    mutationFn: async (overwrite: boolean) => {
      const { path } = lookedAt(inspect.data)
      const manifest = await settle(lookedAt(inspect.data), edits)
      install.mutate({ from: path, manifest, overwrite })
    },
  })
  const change = (value: string) => {
    setSource(value)
    setEdits({})
    for (const one of [inspect, install, settling]) one.reset()
  }
  const begin = (given: string) => {
    const path = given.trim()
    if (path === '') return
    if (isAddress(path)) install.mutate(orderOf(path, said))
    else inspect.mutate({ path })
  }
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || from === '' || isAddress(from)) return
    begun.current = true
    inspect.mutate({ path: from })
  })
  const error = install.error ?? settling.error ?? inspect.error
  const proposal = inspect.data
  return (
    <Modal opened onClose={close} size={720} title={t('addModel')}>
      {install.data ? (
        <InstallProgress id={install.data.id} close={close} again={install.reset}>
          <Installed id={install.data.id} close={close} />
        </InstallProgress>
      ) : (
        <Stack gap="md">
          <SourceField value={source} isSmall={!!proposal} onChange={change} onChosen={begin} />
          {inspect.isPending && <Loader size="sm" type="dots" />}
          {error && <ErrorNotice problem={problemOf(error)} />}
          {proposal && (
            <ProposalCard
              key={proposal.path}
              proposal={proposal}
              edits={edits}
              onEdit={(next) => {
                setEdits(next)
                settling.reset()
              }}
              onFamily={(family) => inspect.mutate({ path: proposal.path, family })}
              settle={() => settle(proposal, edits)}
              onInstall={settling.mutate}
              isBusy={settling.isPending || install.isPending}
              close={close}
            />
          )}
          {!proposal && isAddress(source) && <AddressFields said={said} onChange={setSaid} />}
          {!proposal && (
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
              <Button
                disabled={source.trim() === '' || (said.sha256 !== '' && !isHash(said.sha256))}
                loading={inspect.isPending || install.isPending}
                onClick={() => begin(source)}
              >
                {t(isAddress(source) ? 'download' : 'look')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Modal>
  )
}

function lookedAt(proposal: ModelProposal | undefined): ModelProposal {
  if (!proposal) throw new Error('nothing was looked at')
  return proposal
}

/** Names of classes are told to the core, which knows what their labels are of (boxes, masks, joints). */
async function settle(proposal: ModelProposal, edits: Edits): Promise<ModelManifest> {
  const { labels } = edits
  if (!labels) return withEdits(proposal, edits)
  const { path, manifest } = proposal
  const looked = await client.models.inspect({
    ...{ path, family: manifest.family },
    labels: [...labels],
  })
  return withEdits(looked, edits)
}

const orderOf = (from: string, { sha256, labels }: AddressSaid): Order => ({
  from,
  ...(sha256 !== '' && { sha256 }),
  ...(labels.length > 0 && { labels: [...labels] }),
})
