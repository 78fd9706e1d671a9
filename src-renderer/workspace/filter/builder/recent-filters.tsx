import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '#renderer/state/settings.ts'
import classes from '../filter.module.css'

/** The last ten filters that were applied, whatever the task. */
export function RecentFilters({ onPick }: { onPick: (text: string) => void }) {
  const { t } = useTranslation('filter')
  const recent = useSettings((settings) => settings.recentFilters)
  return (
    <Menu position="bottom-end" width={420}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconHistory size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {t('recent')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {recent.length === 0 && <Menu.Label>{t('noRecent')}</Menu.Label>}
        {recent.map((text) => (
          <Menu.Item key={text} className={classes.recent ?? ''} onClick={() => onPick(text)}>
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
