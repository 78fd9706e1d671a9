import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#renderer/state/actions.ts'
import { announce } from '#renderer/state/announce.ts'
import { formatKeys, keyCaps } from '#renderer/state/hotkeys.ts'
import {
  hasOwnKeys,
  holdersOf,
  type Keymap,
  keysIn,
  moveKey,
  presetKeys,
  withKey,
  withKeys,
  withoutKey,
} from '#renderer/state/keymap.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { actionTitle } from './action-titles.ts'
import { isKeptByBrowser } from './browser-keys.ts'
import classes from './key-editor.module.css'
import { KeyRecorderField } from './key-recorder-field.tsx'
import { Question } from './question.tsx'
import { saveKeymap } from './use-keymap.ts'

interface Props {
  readonly action: Action
  readonly actions: readonly Action[]
  readonly map: Keymap
}

/** One verb: its keys, each of which can be taken away, and a place to press another. */
export function KeyRow({ action, actions, map }: Props) {
  const { t } = useTranslation('settings')
  const [isRecording, setRecording] = useState(false)
  const [disputed, setDisputed] = useState<string | null>(null)
  const title = actionTitle(action.id)
  const keys = keysIn(map, action)
  const finish = (next: Keymap, key: string) => {
    saveKeymap(next)
    setDisputed(null)
    announce(t('keyAdded', { key: formatKeys(key), title }))
  }
  const record = (key: string | null) => {
    setRecording(false)
    if (key === null) return
    if (holdersOf(map, action, key, actions).length > 0) setDisputed(key)
    else finish(withKey(map, action, key), key)
  }
  return (
    <li className={classes.row} data-changed={hasOwnKeys(map, action.id) || undefined}>
      <div className={classes.line}>
        <span className={classes.title}>{title}</span>
        {keys.map((key) => (
          <KeyChip
            key={key}
            text={key}
            title={title}
            remove={() => saveKeymap(withoutKey(map, action, key))}
          />
        ))}
        {isRecording ? (
          <KeyRecorderField done={record} />
        ) : (
          <Tooltip label={t('keyAdd')}>
            <ActionIcon
              size={22}
              aria-label={t('keyAddTo', { title })}
              onClick={() => setRecording(true)}
            >
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        <ResetButton action={action} map={map} title={title} />
      </div>
      {disputed !== null && (
        <Question
          text={t('keyTaken', {
            key: formatKeys(disputed),
            titles: holdersOf(map, action, disputed, actions)
              .map(({ id }) => `“${actionTitle(id)}”`)
              .join(', '),
          })}
          answers={[
            {
              label: t('keyMove'),
              run: () => finish(moveKey(map, action, disputed, actions), disputed),
            },
          ]}
          cancel={() => setDisputed(null)}
        />
      )}
    </li>
  )
}

function KeyChip({ text, title, remove }: { text: string; title: string; remove: () => void }) {
  const { t } = useTranslation('settings')
  const kept = isKeptByBrowser(text)
  const label = t('keyRemove', { key: formatKeys(text), title })
  return (
    <Tooltip label={kept ? t('keyBrowser', { key: formatKeys(text) }) : t('keyRemoveShort')}>
      <button type="button" className={classes.chip} data-kept={kept || undefined} onClick={remove}>
        <Keys caps={keyCaps(text)} />
        <IconX size={11} aria-hidden="true" />
        <span className={classes.hidden}>{label}</span>
      </button>
    </Tooltip>
  )
}

function ResetButton({ action, map, title }: { action: Action; map: Keymap; title: string }) {
  const { t } = useTranslation('settings')
  if (!hasOwnKeys(map, action.id)) return <span className={classes.noReset} />
  const before = presetKeys(map.keyPreset, action)
  const shown = before.map((key) => formatKeys(key)).join(', ') || t('keysNone')
  return (
    <Tooltip label={t('keyReset', { keys: shown })}>
      <ActionIcon
        size={22}
        aria-label={t('keyResetOf', { title, keys: shown })}
        onClick={() => saveKeymap(withKeys(map, action, before))}
      >
        <IconArrowBackUp size={14} />
      </ActionIcon>
    </Tooltip>
  )
}
