import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#renderer/state/actions.ts'
import { formatKeys } from '#renderer/state/hotkeys.ts'
import { conflictsIn, type Keymap } from '#renderer/state/keymap.ts'
import { actionTitle } from './action-titles.ts'
import classes from './key-editor.module.css'

interface Props {
  readonly map: Keymap
  readonly actions: readonly Action[]
  readonly onShow: (query: string) => void
}

/** Keys that two verbs claim, which a preset under own keys or an imported file may bring about. */
export function Conflicts({ map, actions, onShow }: Props) {
  const { t } = useTranslation('settings')
  const conflicts = conflictsIn(map, actions)
  if (conflicts.length === 0) return null
  return (
    <div className={classes.conflicts} role="status">
      <IconAlertTriangle size={16} className={classes.conflictIcon} aria-hidden="true" />
      <div>
        <b>{t('keysDisputed', { count: conflicts.length })}</b>
        <ul>
          {conflicts.map(({ key, ids }) => (
            <li key={key}>
              <button type="button" onClick={() => onShow(key)}>
                {t('keysDisputedBy', {
                  key: formatKeys(key),
                  titles: ids.map((id) => `“${actionTitle(id)}”`).join(', '),
                })}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
