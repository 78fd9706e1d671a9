import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, keysOf } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from './key-list.module.css'

export const actionGroups = [
  'general',
  'files',
  'player',
  'modes',
  'objects',
  'image',
  'view',
] as const

interface Props {
  readonly actions: readonly Action[]
  readonly query: string
  readonly titleOf: (id: string) => string
  readonly groupTitleOf: (group: Action['group']) => string
  readonly columns: 1 | 2
  /** What comes after the groups, e.g. the mouse. */
  readonly children?: ReactNode
}

/** Actions with their keys, by group. */
export function KeyList({ actions, query, titleOf, groupTitleOf, columns, children }: Props) {
  const { t } = useTranslation('settings')
  const wanted = query.trim().toLowerCase()
  const rows = actions
    .map((action) => ({ action, title: titleOf(action.id), keys: keysOf(action) }))
    .filter(({ keys }) => keys.length > 0)
    .filter(({ title, keys }) => `${title} ${keys.join(' ')}`.toLowerCase().includes(wanted))
  if (rows.length === 0 && !children)
    return <Text c="dimmed">{t('keysNothing', { text: query })}</Text>
  return (
    <div className={classes.sheet} data-columns={columns}>
      {actionGroups.map((group) => {
        const ofGroup = rows.filter(({ action }) => action.group === group)
        if (ofGroup.length === 0) return null
        return (
          <section key={group} className={classes.group}>
            <h3>{groupTitleOf(group)}</h3>
            <dl>
              {ofGroup.map(({ action, title, keys }) => (
                <div key={action.id} className={classes.row}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.map((key) => (
                      <span key={key} title={key}>
                        <Keys caps={keyCaps(key)} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
      {children}
    </div>
  )
}
