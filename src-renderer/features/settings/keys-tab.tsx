import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#renderer/state/actions.ts'
import { formatKeys } from '#renderer/state/hotkeys.ts'
import { hasOwnKeys, type Keymap, keysIn } from '#renderer/state/keymap.ts'
import { actionTitle, groupTitle } from './action-titles.ts'
import classes from './key-editor.module.css'
import { KeyFileMenu } from './key-file-menu.tsx'
import { actionGroups } from './key-list.tsx'
import { KeyPresetField } from './key-preset-field.tsx'
import { KeyRow } from './key-row.tsx'
import { Conflicts } from './keys-disputed.tsx'
import { useKeymap } from './use-keymap.ts'

/** Every verb with its keys, to be changed: a preset of another tool, own keys on top, a file to carry them along. */
export function KeysTab({ actions }: { actions: readonly Action[] }) {
  const { t } = useTranslation('settings')
  const map = useKeymap()
  const [query, setQuery] = useState('')
  const shown = actions.filter((action) => isWanted(action, map, query))
  return (
    <>
      <div className={classes.head}>
        <KeyPresetField map={map} />
        <TextInput
          flex={1}
          placeholder={t('keysSearch')}
          aria-label={t('keysSearch')}
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <KeyFileMenu map={map} actions={actions} />
      </div>
      <Conflicts map={map} actions={actions} onShow={setQuery} />
      {shown.length === 0 && (
        <Text c="dimmed" mt="md">
          {t('keysNothing', { text: query })}
        </Text>
      )}
      {actionGroups.map((group) => {
        const ofGroup = shown.filter((action) => action.group === group)
        if (ofGroup.length === 0) return null
        return (
          <section key={group} className={classes.group} aria-label={groupTitle(group)}>
            <h3>{groupTitle(group)}</h3>
            <ul>
              {ofGroup.map((action) => (
                <KeyRow key={action.id} action={action} actions={actions} map={map} />
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

/** By title, by key as it is shown or written; `*` finds what the person changed. */
function isWanted(action: Action, map: Keymap, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return true
  const keys = keysIn(map, action)
  const text = [actionTitle(action.id), ...keys, ...keys.map((key) => formatKeys(key))].join(' ')
  return text.toLowerCase().includes(wanted) || (wanted === '*' && hasOwnKeys(map, action.id))
}
