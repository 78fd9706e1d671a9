import { Tooltip } from '@mantine/core'
import { IconCloudOff, IconDeviceFloppy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '#renderer/state/actions.ts'
import { useBench } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import classes from './top-bar.module.css'

/**
 * How safe the work is. Every state renders in the same width and "saving" is only a dot, so that a local save, a few
 * milliseconds long, does not flicker.
 */
export function SaveIndicator() {
  const { t } = useTranslation('workspace')
  const { status, waiting } = useStore(useBench().document.outbox.state)
  const text = {
    saved: t('saved'),
    saving: t('saved'),
    held: t('savedHeld', { count: waiting }),
    offline: t('savedOffline', { count: waiting }),
  }[status]
  const Glyph = status === 'offline' ? IconCloudOff : IconDeviceFloppy
  return (
    <Tooltip label={<ActionHint action="general.save" />}>
      <button
        type="button"
        className={classes.save}
        data-status={status}
        onClick={() => runAction('general.save')}
      >
        <Glyph size={15} stroke={1.5} />
        <span role="status">{text}</span>
      </button>
    </Tooltip>
  )
}
