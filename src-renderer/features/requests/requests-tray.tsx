import { ActionIcon, Button, Indicator, Popover, Tooltip } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { isShown, RequestRow } from './request-row.tsx'
import classes from './requests.module.css'

const SHOWN = 6

/** Machine work at a glance: how much is under way, how far it is, and what failed. Lives in every header. */
export function RequestsTray() {
  const { t } = useTranslation('datasets')
  const [opened, setOpened] = useState(false)
  const { data: all = [] } = useQuery(queries.requests())
  const requests = all.filter(isShown)
  const active = requests.filter((r) => r.state === 'queued' || r.state === 'started')
  const label = active.length > 0 ? t('trayActive', { count: active.length }) : t('trayQuiet')
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} trapFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <Indicator disabled={active.length === 0} label={active.length} size={15} offset={5}>
            <ActionIcon aria-label={label} onClick={() => setOpened((was) => !was)}>
              <IconListDetails size={16} className={active.length > 0 ? classes.busy : undefined} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} className="fm-dropdown">
        <div className={classes.trayHead}>
          {t('requests')}
          <Button
            component={Link}
            href="/requests"
            variant="subtle"
            color="gray"
            onClick={() => setOpened(false)}
          >
            {t('showAll')}
          </Button>
        </div>
        <div className={classes.trayList}>
          {requests.length === 0 && (
            <EmptyState title={t('noRequests')} hint={t('noRequestsHint')} />
          )}
          {requests.slice(0, SHOWN).map((request) => (
            <RequestRow key={request.id} request={request} dense />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
