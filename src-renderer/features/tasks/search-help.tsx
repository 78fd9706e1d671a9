import { ActionIcon, Popover } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './tasks.module.css'

const examples = [
  ['street north', 'searchAny'],
  ['name: street', 'searchName'],
  ['mode: annotation', 'searchMode'],
  ['status: completed', 'searchStatus'],
  ['id: 5', 'searchId'],
  ['project: city AND NOT subset: test', 'searchAnd'],
  ['frames > 1000 OR objects == 0', 'searchNumbers'],
] as const

/** What can be typed into the search, by example; a click on one takes it over. */
export function SearchHelp({ onPick }: { onPick: (text: string) => void }) {
  const { t } = useTranslation('tasks')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={400} trapFocus>
      <Popover.Target>
        <ActionIcon size={20} aria-label={t('searchHelp')} onClick={() => setOpen(!isOpen)}>
          <IconHelp size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        {examples.map(([text, meaning]) => (
          <button
            key={text}
            type="button"
            className={classes.example}
            onClick={() => {
              onPick(text)
              setOpen(false)
            }}
          >
            <code>{text}</code>
            <span>{t(meaning)}</span>
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
