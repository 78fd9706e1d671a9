import { Divider, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconMaximize,
  IconSettings,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { RequestsTray } from '#renderer/features/requests/requests-tray.tsx'
import { useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Player } from './player.tsx'
import { ProblemsBadge } from './problems-badge.tsx'
import { SaveIndicator } from './save-indicator.tsx'
import { TaskMenu } from './task-menu.tsx'
import classes from './top-bar.module.css'

/** Task and saving on the left, the player in the middle, the window's own buttons on the right. */
export function TopBar() {
  const { t } = useTranslation('workspace')
  const name = useUi((state) => state.task.name)
  return (
    <header className={classes.bar}>
      <div className={classes.left}>
        <TaskMenu />
        <Tooltip label={name} openDelay={800}>
          <span className={classes.name}>{name}</span>
        </Tooltip>
        <SaveIndicator />
        <span className={classes.grow} />
        <ActionButton action="general.undo" icon={IconArrowBackUp} />
        <ActionButton action="general.redo" icon={IconArrowForwardUp} />
      </div>
      <Player />
      <div className={classes.right}>
        <ProblemsBadge />
        <RequestsTray />
        <ActionButton action="view.fullscreen" icon={IconMaximize} />
        <ActionButton action="app.keys" icon={IconKeyboard} />
        <ActionButton action="app.settings" icon={IconSettings} />
        <ActionButton action="view.side-bar" icon={IconLayoutSidebarRight} />
        <Divider orientation="vertical" my={6} />
        <span className={classes.mode}>{t('modeStandard')}</span>
      </div>
    </header>
  )
}
