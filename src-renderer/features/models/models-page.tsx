import { Button, TextInput } from '@mantine/core'
import { IconPlugConnected, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { Page } from '#renderer/ui/page.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { CatalogueTab } from './catalogue-tab.tsx'
import { ConnectionsTab } from './connections-tab.tsx'
import { FunctionsTab } from './functions-tab.tsx'
import { MachineTab } from './machine-tab.tsx'
import classes from './models.module.css'

const tabs = ['functions', 'catalogue', 'connections', 'machine'] as const
type Tab = (typeof tabs)[number]

/** Everything that can annotate, wherever it runs; how to get more; where pictures may go; what this machine offers. */
export function ModelsPage() {
  const { t } = useTranslation('models')
  const [tab, setTab] = useState<Tab>('functions')
  const [search, setSearch] = useState('')
  const isSearched = tab === 'functions' || tab === 'catalogue'
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={15} />}
            onClick={() => openDialog({ kind: 'connection', connection: null })}
          >
            {t('connect')}
          </Button>
          <Button
            leftSection={<IconPlus size={15} />}
            onClick={() => openDialog({ kind: 'add-model' })}
          >
            {t('addModel')}
          </Button>
        </>
      }
      toolbar={
        <div className={classes.toolbar}>
          <Segmented
            label={t('title')}
            value={tab}
            onChange={setTab}
            data={tabs.map((value) => ({ value, label: t(`tab-${value}`) }))}
          />
          {isSearched && (
            <TextInput
              className={classes.search}
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
        </div>
      }
    >
      {tab === 'functions' && <FunctionsTab search={search} />}
      {tab === 'catalogue' && <CatalogueTab search={search} />}
      {tab === 'connections' && <ConnectionsTab />}
      {tab === 'machine' && <MachineTab />}
    </Page>
  )
}
