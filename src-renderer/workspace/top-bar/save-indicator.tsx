import { Tooltip } from '@mantine/core'
import { IconCloudOff, IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '#renderer/state/actions.ts'
import { useBench } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import classes from './top-bar.module.css'

/** A save on this machine takes milliseconds: only one that takes longer than this is worth a word. */
const SLOW_MS = 400

/** How safe the work is. Quick saves do not flicker; slow ones, edits held back and an absent core are said. */
export function SaveIndicator() {
  const { t } = useTranslation('workspace')
  const { status, waiting } = useStore(useBench().document.outbox.state)
  const isSlow = useIsSlow(status === 'saving')
  const text = {
    saved: t('saved'),
    saving: t('saving'),
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
        {status === 'saving' && !isSlow ? (
          // Looks as before for the blink of a quick save, yet the page never says "Saved" too early.
          <span className={classes.quickly} data-look={t('saved')} role="none" />
        ) : (
          <span role="status">{text}</span>
        )}
      </button>
    </Tooltip>
  )
}

function useIsSlow(isBusy: boolean): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isBusy) return
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isBusy])
  return isSlow
}
