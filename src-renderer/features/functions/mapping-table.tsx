import { Button, Menu, TextInput } from '@mantine/core'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo, FunctionLabel } from '#shared/domain/function.ts'
import type { Label } from '#shared/domain/label.ts'
import type { LabelMapping, MappedTo } from '#shared/domain/label-mapping.ts'
import { defaultMapping } from '#shared/functions/default-mapping.ts'
import classes from './functions.module.css'
import { MappingRow } from './mapping-row.tsx'

/** With more labels than this they can be searched. */
const MANY = 12

interface Props {
  readonly info: FunctionInfo
  /** The task's. */
  readonly labels: readonly Label[]
  readonly mapping: LabelMapping
  /** It is what was chosen for this task the last time. */
  readonly isRemembered: boolean
  readonly onChange: (mapping: LabelMapping) => void
  /** Make labels of these names; those that are there afterwards. */
  readonly onCreate: (missing: readonly FunctionLabel[]) => Promise<readonly string[]>
}

/** The model's labels on the left, what becomes of each in this task on the right. What is not matched is dropped. */
export function MappingTable(props: Props) {
  const { info, labels, mapping, isRemembered, onChange, onCreate } = props
  const { t } = useTranslation('ai')
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const shown = info.labels.filter(({ name }) => name.toLowerCase().includes(wanted))
  const count = info.labels.filter(({ name }) => name in mapping).length
  const set = (name: string, to: MappedTo | null) => {
    const { [name]: _, ...rest } = mapping
    onChange(to ? { ...rest, [name]: to } : rest)
  }
  const create = async (missing: readonly FunctionLabel[]) => {
    const added = await onCreate(missing)
    const named = Object.fromEntries(added.map((name) => [name, { name }]))
    if (added.length > 0) onChange({ ...mapping, ...named })
  }
  return (
    <div className={classes.table}>
      <div className={classes.tableHead}>
        <span>
          {t('mapped', { count, of: info.labels.length })}
          {isRemembered && ` · ${t('remembered')}`}
        </span>
        <TableMenu
          onMatch={() => onChange(defaultMapping(info.labels, labels))}
          onClear={() => onChange({})}
          onCreate={() => void create(info.labels.filter(({ name }) => !(name in mapping)))}
        />
      </div>
      {info.labels.length > MANY && (
        <TextInput
          variant="unstyled"
          px={8}
          aria-label={t('searchLabels')}
          placeholder={t('searchLabels')}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={classes.rows}>
        {shown.map((label) => (
          <MappingRow
            key={label.name}
            label={label}
            labels={labels}
            mapped={mapping[label.name] ?? null}
            onChange={(to) => set(label.name, to)}
            onCreate={() => void create([label])}
          />
        ))}
        {shown.length === 0 && <p className={classes.none}>{t('noModelLabels')}</p>}
      </div>
    </div>
  )
}

function TableMenu(props: { onMatch: () => void; onClear: () => void; onCreate: () => void }) {
  const { t } = useTranslation('ai')
  return (
    <Menu position="bottom-end" withinPortal={false} width={210}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('mappingMenu')}
          px={4}
        >
          <IconDots size={15} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={props.onMatch}>{t('matchByName')}</Menu.Item>
        <Menu.Item onClick={props.onCreate}>{t('createMissing')}</Menu.Item>
        <Menu.Item onClick={props.onClear}>{t('matchNone')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
