import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actionTitle, groupTitle } from '#renderer/features/settings/action-titles.ts'
import { KeyList } from '#renderer/features/settings/key-list.tsx'
import { MouseList, useMouseGestures } from '#renderer/features/settings/mouse-list.tsx'
import type { Action } from '#renderer/state/actions.ts'
import { useEveryAction } from '../use-every-action.ts'

/** Ten labels have ten keys; before a search the first two tell the rule. */
function isTold({ id }: Action): boolean {
  return !/^objects\.(draw-)?label-[03-9]$/.test(id)
}

/** F1: every key on one sheet, generated from the registered actions, so it cannot be out of date. */
export function KeysDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('settings')
  const [query, setQuery] = useState('')
  const actions = useEveryAction()
  const gestures = useMouseGestures(query)
  return (
    <Modal opened onClose={close} size={980} title={t('keysTitle')}>
      <TextInput
        data-autofocus
        pb="md"
        style={{ position: 'sticky', top: 52, zIndex: 1, background: 'var(--fm-surface)' }}
        placeholder={t('keysSearch')}
        leftSection={<IconSearch size={14} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <KeyList
        actions={query === '' ? actions.filter(isTold) : actions}
        query={query}
        titleOf={actionTitle}
        groupTitleOf={groupTitle}
        columns={2}
      >
        {gestures.length > 0 && <MouseList gestures={gestures} />}
      </KeyList>
    </Modal>
  )
}
