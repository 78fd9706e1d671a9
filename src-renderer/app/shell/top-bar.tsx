import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { RequestsTray } from '#renderer/features/requests/requests-tray.tsx'
import { runAction } from '#renderer/state/actions.ts'
import { ActionKey } from './action-key.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { SchemeButton } from './scheme-button.tsx'
import classes from './top-bar.module.css'

/** Back and forth, the palette as a search field, work under way, the colour scheme. */
export function TopBar() {
  const { t } = useTranslation('common')
  return (
    <header className={classes.bar}>
      <div className={classes.side}>
        <Tooltip label={t('back')}>
          <ActionIcon aria-label={t('back')} onClick={() => window.history.back()}>
            <IconArrowLeft size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('forward')}>
          <ActionIcon aria-label={t('forward')} onClick={() => window.history.forward()}>
            <IconArrowRight size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <button type="button" className={classes.search} onClick={() => runAction('app.palette')}>
        <IconSearch size={14} />
        <span>{t('searchOrRun')}</span>
        <ActionKey id="app.palette" own="Ctrl+K" />
      </button>
      <div className={`${classes.side} ${classes.right}`}>
        <ConnectionNotice />
        <RequestsTray />
        <SchemeButton />
      </div>
    </header>
  )
}
