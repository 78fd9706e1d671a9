import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../bench/context.ts'
import classes from './playback.module.css'
import { formatTime } from './time-text.ts'

/** The time of the frame on screen; nothing for pictures. Written straight to the text: it changes with every frame played. */
export function FrameTime() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const times = useUi((state) => state.times)
  const text = useRef<HTMLTimeElement>(null)
  useEffect(() => {
    const show = ({ frame }: { frame: number }) => {
      if (text.current && times) text.current.textContent = formatTime(times.timeOf(frame))
    }
    show(bench.document.state.getState())
    return bench.document.state.subscribe(show)
  }, [bench, times])
  if (!times) return null
  return <time ref={text} className={classes.time} aria-label={t('time')} role="timer" />
}
