import { Badge, Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { events } from '#renderer/state/events.ts'

/** Says that the core has gone away, and what to do; nothing while all is well. */
export function ConnectionNotice() {
  const { t } = useTranslation('errors')
  const connected = useSyncExternalStore(
    (changed) => events.onConnection(changed),
    () => events.connected,
  )
  if (connected) return null
  return (
    <Tooltip label={t('offlineRemedy')} multiline maw={280}>
      <Badge color="red" role="status">
        {t('offline')}
      </Badge>
    </Tooltip>
  )
}
