import { TextInput } from '@mantine/core'
import {
  IconFile,
  IconFileZip,
  IconFolderFilled,
  IconJson,
  IconPhoto,
  IconSearch,
  IconVideo,
} from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#renderer/ui/format.ts'
import type { Entry } from './entries.ts'
import classes from './picker.module.css'

const icons: Readonly<Record<Entry['kind'], ReactNode>> = {
  folder: <IconFolderFilled size={16} className={classes.folder} />,
  image: <IconPhoto size={16} />,
  archive: <IconFileZip size={16} />,
  video: <IconVideo size={16} />,
  json: <IconJson size={16} />,
  other: <IconFile size={16} />,
}

interface Props {
  readonly entries: readonly Entry[]
  readonly filter: string
  readonly onFilter: (text: string) => void
  readonly chosen: readonly string[]
  readonly multiple: boolean
  readonly onToggle: (entry: Entry) => void
  readonly onActivate: (entry: Entry) => void
  readonly onUp: () => void
}

const ROW = 28

/** The field has the focus throughout; arrows move a mark through the list, of which only what is seen is drawn. */
export function FileList(props: Props) {
  const { t } = useTranslation('common')
  const { entries, filter, chosen } = props
  const [at, setAt] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => setAt(0), [filter, entries[0]?.path])
  const move = (to: number) => {
    const next = Math.max(0, Math.min(entries.length - 1, to))
    setAt(next)
    rows.scrollToIndex(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const handled = handleKey(event, { ...props, at, move })
    if (handled) event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        placeholder={t('pickFilter')}
        aria-label={t('pickFilter')}
        leftSection={<IconSearch size={14} />}
        value={filter}
        onChange={(event) => props.onFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        aria-controls="picker-list"
        aria-activedescendant={entries[at] ? `picker-${at}` : undefined}
        role="combobox"
        aria-expanded
      />
      <div
        ref={scroller}
        className={classes.list}
        hidden={entries.length === 0}
        id="picker-list"
        role="listbox"
        aria-multiselectable={props.multiple}
        tabIndex={-1}
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((row) => {
            const entry = entries[row.index]
            if (!entry) return null
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the keyboard for the whole list
              // biome-ignore lint/a11y/useFocusableInteractive: the field above holds the focus for the whole list
              <div
                key={entry.path}
                id={`picker-${row.index}`}
                role="option"
                aria-selected={chosen.includes(entry.path)}
                data-current={row.index === at || undefined}
                className={classes.entry}
                style={{ transform: `translateY(${row.start}px)`, height: ROW }}
                onClick={() => {
                  setAt(row.index)
                  if (props.multiple && entry.kind !== 'folder') props.onToggle(entry)
                }}
                onDoubleClick={() => props.onActivate(entry)}
              >
                {icons[entry.kind]}
                <span className={classes.name}>{entry.name}</span>
                {entry.sizeBytes !== null && (
                  <span className={classes.size}>{formatBytes(entry.sizeBytes)}</span>
                )}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

function handleKey(
  event: KeyboardEvent,
  list: Props & { readonly at: number; readonly move: (to: number) => void },
): boolean {
  const current = list.entries[list.at]
  switch (event.key) {
    case 'ArrowDown':
      list.move(list.at + 1)
      return true
    case 'ArrowUp':
      list.move(list.at - 1)
      return true
    case 'PageDown':
      list.move(list.at + 10)
      return true
    case 'PageUp':
      list.move(list.at - 10)
      return true
    case 'Enter':
      // Ctrl+Enter is the dialog's own button.
      if (event.ctrlKey || event.metaKey || !current) return false
      list.onActivate(current)
      return true
    case 'Backspace':
      if (list.filter !== '') return false
      list.onUp()
      return true
    case 'Escape':
      if (list.filter === '') return false
      event.stopPropagation()
      list.onFilter('')
      return true
    default:
      return false
  }
}
