import { IconClock, IconDeviceDesktop, IconHome } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queries } from '#renderer/state/queries.ts'
import { breadcrumbs } from './entries.ts'
import classes from './picker.module.css'
import { recentFolders } from './recent-folders.ts'

interface Props {
  readonly current: string
  readonly go: (path: string) => void
}

/** Shortcuts at the picker's side: home, the root, and folders picked lately. */
export function Places({ current, go }: Props) {
  const { t } = useTranslation('common')
  const { data: info } = useQuery(queries.info())
  const recent = recentFolders()
  const place = (path: string, name: string, icon: ReactNode) => (
    <button
      key={path}
      type="button"
      className={classes.place}
      aria-current={path === current}
      title={path}
      onClick={() => go(path)}
    >
      {icon}
      <span>{name}</span>
    </button>
  )
  return (
    <nav className={classes.places} aria-label={t('pickPlaces')}>
      <h3>{t('pickPlaces')}</h3>
      {info && place(info.homeDir, t('pickHome'), <IconHome size={15} />)}
      {place(
        breadcrumbs(current || '/')[0]?.path ?? '/',
        t('pickRoot'),
        <IconDeviceDesktop size={15} />,
      )}
      {recent.length > 0 && <h3>{t('pickRecent')}</h3>}
      {recent.map((path) =>
        place(path, breadcrumbs(path).at(-1)?.name ?? path, <IconClock size={15} />),
      )}
    </nav>
  )
}
