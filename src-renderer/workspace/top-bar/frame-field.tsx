import { Tooltip } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { goTo } from '../bench/player.ts'
import { ActionHint } from '../parts/action-button.tsx'
import classes from './top-bar.module.css'

/** The number of the frame on screen, 0-based as in CVAT: type one and press Enter. The slider runs ahead of it. */
export function FrameField() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const field = useRef<HTMLInputElement>(null)
  const frame = useDocument((state) => state.frame)
  useEffect(() => {
    bench.focusFrameField = () => field.current?.select()
  }, [bench])
  useEffect(() => {
    if (field.current && field.current !== document.activeElement)
      field.current.value = String(frame)
  }, [frame])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    const typed = Number.parseInt(event.currentTarget.value, 10)
    if (event.key === 'Enter' && Number.isInteger(typed)) goTo(bench, typed)
    event.currentTarget.blur()
  }
  return (
    <div className={classes.frameField}>
      <Tooltip label={<ActionHint action="player.focus-frame" />}>
        <input
          ref={field}
          inputMode="numeric"
          aria-label={t('frameNumber')}
          defaultValue={frame}
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => {
            event.currentTarget.value = String(bench.document.state.getState().frame)
          }}
        />
      </Tooltip>
      <span>/ {formatNumber(bench.document.range.stop)}</span>
    </div>
  )
}
