import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconLayoutGrid, IconSearch, IconTable, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { BrowserView } from './browser-view.ts'
import { SearchHelp } from './search-help.tsx'
import classes from './tasks.module.css'

interface Props {
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly view: BrowserView
  readonly onView: (view: BrowserView) => void
  readonly count: number
}

export function BrowserToolbar({ search, onSearch, view, onView, count }: Props) {
  const { t } = useTranslation('tasks')
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.search ?? ''}
        placeholder={t('searchPlaceholder')}
        aria-label={t('searchPlaceholder')}
        type="search"
        leftSection={<IconSearch size={14} />}
        rightSectionWidth={search ? 50 : 28}
        rightSection={
          <span className={classes.searchTools}>
            {search && (
              <ActionIcon size={20} aria-label={t('clearSearch')} onClick={() => onSearch('')}>
                <IconX size={13} />
              </ActionIcon>
            )}
            <SearchHelp onPick={onSearch} />
          </span>
        }
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onSearch('')}
      />
      <span className={classes.count}>
        {t('taskCount', { count, formatted: formatNumber(count) })}
      </span>
      <Select
        className={classes.sort ?? ''}
        aria-label={t('sort')}
        allowDeselect={false}
        value={view.sort}
        onChange={(sort) => sort && onView({ ...view, sort })}
        data={[
          { value: 'updated', label: t('sortUpdated') },
          { value: 'name', label: t('sortName') },
          { value: 'progress', label: t('sortProgress') },
          { value: 'id', label: t('sortId') },
        ]}
      />
      <Segmented
        label={t('view')}
        value={view.as}
        onChange={(as) => onView({ ...view, as })}
        data={[
          { value: 'cards', title: t('asCards'), label: <IconLayoutGrid size={14} /> },
          { value: 'table', title: t('asTable'), label: <IconTable size={14} /> },
        ]}
      />
    </div>
  )
}
