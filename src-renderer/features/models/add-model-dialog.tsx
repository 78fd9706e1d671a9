import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { RequestId } from '#shared/domain/ids.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { InstallProgress } from './install-progress.tsx'
import { ProposalCard } from './proposal-card.tsx'
import { SourceField } from './source-field.tsx'

interface Props {
  /** A path or an address that is known already: dropped, or of the catalogue. */
  readonly from: string
  readonly close: () => void
}

const isAddress = (text: string) => /^https?:\/\//i.test(text.trim())

/** A model from a file, a folder, an archive or an address: what it is, what is missing, a try, and it is there. */
export function AddModelDialog({ from, close }: Props) {
  const { t } = useTranslation('models')
  const [source, setSource] = useState(from)
  const inspect = useMutation({
    mutationFn: (given: { path: string; family?: string; labels?: string[] }) =>
      client.models.inspect(given),
  })
  const install = useInstall()
  const begin = (path: string) => {
    const given = path.trim()
    if (given === '') return
    // What is behind an address can be looked at only when it is here.
    if (isAddress(given)) install.mutate({ from: given })
    else inspect.mutate({ path: given })
  }
  const begun = useRef(false)
  useEffect(() => {
    if (from === '' || begun.current) return
    begun.current = true
    if (!isAddress(from)) inspect.mutate({ path: from })
  })
  const error = install.error ?? inspect.error
  return (
    <Modal opened onClose={close} size={720} title={t('addModel')}>
      <Stack gap="md">
        {install.data ? (
          <InstallProgress id={install.data.id} close={close} again={install.reset}>
            <Installed close={close} />
          </InstallProgress>
        ) : (
          <>
            <SourceField
              value={source}
              onChange={(value) => {
                setSource(value)
                inspect.reset()
                install.reset()
              }}
              onChosen={begin}
            />
            {inspect.isPending && !inspect.data && <Loader size="sm" type="dots" />}
            {error && <ErrorNotice problem={problemOf(error)} />}
            {inspect.data && (
              <ProposalCard
                key={`${inspect.data.path} ${inspect.data.manifest.family}`}
                proposal={inspect.data}
                onLook={(given) => inspect.mutate({ path: inspect.data.path, ...given })}
                onInstall={(manifest, overwrite) =>
                  install.mutate({ from: inspect.data.path, manifest, overwrite })
                }
                isBusy={install.isPending}
                close={close}
              />
            )}
            {!inspect.data && (
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {t('cancel')}
                </Button>
                <Button
                  disabled={source.trim() === ''}
                  loading={inspect.isPending || install.isPending}
                  onClick={() => begin(source)}
                >
                  {t(isAddress(source) ? 'download' : 'look')}
                </Button>
              </Group>
            )}
          </>
        )}
      </Stack>
    </Modal>
  )
}

function useInstall() {
  return useMutation({
    mutationFn: (order: { from: string; manifest?: ModelManifest; overwrite?: boolean }) =>
      client.models.install(order) as Promise<{ id: RequestId }>,
  })
}

function Installed({ close }: { close: () => void }) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: orpc.models.key() })
    void cache.invalidateQueries({ queryKey: orpc.functions.key() })
  }, [cache])
  return (
    <Stack gap="md">
      <Group gap="xs" role="status">
        <IconCircleCheck size={18} />
        <Text size="sm">{t('installed')}</Text>
      </Group>
      <Group justify="flex-end">
        <Button onClick={close} data-autofocus>
          {t('close')}
        </Button>
      </Group>
    </Stack>
  )
}
