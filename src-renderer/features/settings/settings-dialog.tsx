import { Modal, Tabs } from '@mantine/core'
import { IconDatabase, IconKeyboard, IconPalette, IconVectorSpline } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsTab } from '#renderer/state/dialogs.ts'
import { AppearanceTab } from './appearance-tab.tsx'
import { DataTab } from './data-tab.tsx'
import classes from './settings.module.css'
import { WorkspaceTab } from './workspace-tab.tsx'

interface Props {
  readonly tab: SettingsTab
  /** The list of keys: the app knows every action, also those of screens that are not open. */
  readonly keys: ReactNode
  readonly close: () => void
}

const pages = [
  ['appearance', IconPalette],
  ['workspace', IconVectorSpline],
  ['keys', IconKeyboard],
  ['data', IconDatabase],
] as const

/** F2. Every change takes effect at once, so there is nothing to save. */
export function SettingsDialog({ tab, keys, close }: Props) {
  const { t } = useTranslation('settings')
  return (
    <Modal opened onClose={close} size={860} title={t('title')} classNames={{ body: classes.body }}>
      <Tabs defaultValue={tab} orientation="vertical" variant="pills" classNames={tabs}>
        <Tabs.List aria-label={t('title')}>
          {pages.map(([page, Icon]) => (
            <Tabs.Tab
              key={page}
              value={page}
              leftSection={<Icon size={15} />}
              {...(page === tab && { 'data-autofocus': true })}
            >
              {t(page)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="appearance">
          <AppearanceTab />
        </Tabs.Panel>
        <Tabs.Panel value="workspace">
          <WorkspaceTab />
        </Tabs.Panel>
        <Tabs.Panel value="keys">{keys}</Tabs.Panel>
        <Tabs.Panel value="data">
          <DataTab />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  )
}

const tabs = {
  root: classes.tabs ?? '',
  list: classes.list ?? '',
  tab: classes.tab ?? '',
  tabLabel: classes.tabLabel ?? '',
  panel: classes.panel ?? '',
}
