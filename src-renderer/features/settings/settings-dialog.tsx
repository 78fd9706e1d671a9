import { Modal, Tabs } from '@mantine/core'
import { IconDatabase, IconKeyboard, IconPalette, IconPlayerPlay } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AppearanceTab } from './appearance-tab.tsx'
import { DataTab } from './data-tab.tsx'
import { PlayerTab } from './player-tab.tsx'
import classes from './settings.module.css'

interface Props {
  readonly tab: 'appearance' | 'player' | 'keys' | 'data'
  /** The list of keys: the app knows every action, also those of screens that are not open. */
  readonly keys: ReactNode
  readonly close: () => void
}

/** F2. Every change takes effect at once, so there is nothing to save. */
export function SettingsDialog({ tab, keys, close }: Props) {
  const { t } = useTranslation('settings')
  return (
    <Modal opened onClose={close} size={760} title={t('title')} classNames={{ body: classes.body }}>
      <Tabs defaultValue={tab} orientation="vertical" variant="pills" classNames={tabs}>
        <Tabs.List aria-label={t('title')}>
          <Tabs.Tab value="appearance" leftSection={<IconPalette size={15} />} data-autofocus>
            {t('appearance')}
          </Tabs.Tab>
          <Tabs.Tab value="player" leftSection={<IconPlayerPlay size={15} />}>
            {t('player')}
          </Tabs.Tab>
          <Tabs.Tab value="keys" leftSection={<IconKeyboard size={15} />}>
            {t('keys')}
          </Tabs.Tab>
          <Tabs.Tab value="data" leftSection={<IconDatabase size={15} />}>
            {t('data')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="appearance">
          <AppearanceTab />
        </Tabs.Panel>
        <Tabs.Panel value="player">
          <PlayerTab />
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
