import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatKeys, isMacPlatform } from '#renderer/state/hotkeys.ts'
import { KeyRecorder } from '#renderer/state/key-recorder.ts'
import classes from './key-editor.module.css'

/**
 * “Press a key”: takes every press until all keys are up again, so that chords can be pressed. Escape alone, or the
 * focus going elsewhere, ends it without a key.
 */
export function KeyRecorderField({ done }: { done: (key: string | null) => void }) {
  const { t } = useTranslation('settings')
  const field = useRef<HTMLButtonElement>(null)
  const [recorder] = useState(() => new KeyRecorder(isMacPlatform()))
  const [shown, setShown] = useState<string | null>(null)
  useEffect(() => field.current?.focus(), [])
  const take = (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    take(event)
    recorder.down(event.nativeEvent)
    if (recorder.binding === 'Esc') done(null)
    else setShown(recorder.binding)
  }
  const onKeyUp = (event: KeyboardEvent) => {
    take(event)
    recorder.up(event.nativeEvent)
    if (recorder.isReleased && recorder.binding !== null) done(recorder.binding)
  }
  return (
    <button
      ref={field}
      type="button"
      className={classes.recorder}
      // A dialog would close on Escape, which only ends the recording here.
      data-mantine-stop-propagation="true"
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={() => done(null)}
    >
      {shown === null ? t('keyPress') : formatKeys(shown)}
    </button>
  )
}
