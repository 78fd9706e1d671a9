import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconArrowUp, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { breadcrumbs } from './entries.ts'
import classes from './picker.module.css'

interface Props {
  readonly path: string
  readonly parent: string | null
  readonly go: (path: string) => void
}

/** Where one is, each step a button; the pencil turns it into a field for a typed or pasted path. */
export function PathBar({ path, parent, go }: Props) {
  const { t } = useTranslation('common')
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className={classes.path}>
      <Tooltip label={t('pickParent')}>
        <ActionIcon
          aria-label={t('pickParent')}
          disabled={parent === null}
          onClick={() => parent && go(parent)}
        >
          <IconArrowUp size={15} />
        </ActionIcon>
      </Tooltip>
      {typed === null ? (
        <div className={classes.crumbs}>
          {breadcrumbs(path).map((crumb) => (
            <button key={crumb.path} type="button" onClick={() => go(crumb.path)}>
              {crumb.name}
            </button>
          ))}
        </div>
      ) : (
        <TextInput
          autoFocus
          className={classes.typed ?? ''}
          aria-label={t('pickPath')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.stopPropagation()
            if (event.key !== 'Enter' && event.key !== 'Escape') return
            if (event.key === 'Enter' && typed.trim() !== '') go(typed.trim())
            setTyped(null)
          }}
        />
      )}
      <Tooltip label={t('pickPath')}>
        <ActionIcon aria-label={t('pickPath')} onClick={() => setTyped(path)}>
          <IconPencil size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
