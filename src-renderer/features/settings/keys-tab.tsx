import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '#renderer/state/actions.ts'
import { actionTitle, groupTitle } from './action-titles.ts'
import { KeyList } from './key-list.tsx'

export function KeysTab({ actions }: { actions: readonly Action[] }) {
  const { t } = useTranslation('settings')
  const [query, setQuery] = useState('')
  return (
    <>
      <TextInput
        my="sm"
        placeholder={t('keysSearch')}
        aria-label={t('keysSearch')}
        leftSection={<IconSearch size={14} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <KeyList
        actions={actions}
        query={query}
        titleOf={actionTitle}
        groupTitleOf={groupTitle}
        columns={1}
      />
    </>
  )
}
