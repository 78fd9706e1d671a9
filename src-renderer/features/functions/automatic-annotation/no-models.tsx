import { Button, Group } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { openDialog } from '#renderer/state/dialogs.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'

/** Nothing here can annotate: what to do about it. */
export function NoModels({ close }: { close: () => void }) {
  const { t } = useTranslation('automatic-annotation')
  return (
    <EmptyState
      icon={<IconCpu size={28} stroke={1.4} />}
      title={t('noModels')}
      hint={t('noModelsHint')}
    >
      <Group>
        <Button
          variant="default"
          onClick={() => {
            close()
            navigate('/models')
          }}
        >
          {t('openModels')}
        </Button>
        <Button data-autofocus onClick={() => openDialog({ kind: 'add-model' })}>
          {t('addModel')}
        </Button>
      </Group>
    </EmptyState>
  )
}
