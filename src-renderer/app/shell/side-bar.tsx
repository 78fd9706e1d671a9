import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconFolders,
  IconHome,
  IconKeyboard,
  IconListDetails,
  IconPhoto,
  IconPlus,
  IconSettings,
  IconWand,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { openDialog } from '#renderer/state/dialogs.ts'
import { queries } from '#renderer/state/queries.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { Mark } from '#renderer/ui/mark.tsx'
import { ActionKey } from './action-key.tsx'
import classes from './side-bar.module.css'

/** Where one can go: pages, then projects by name, then settings and keys. */
export function SideBar() {
  const { t } = useTranslation('common')
  const { data: tasks } = useQuery(queries.tasks())
  return (
    <nav className={classes.bar} aria-label={t('navigation')}>
      <Link href="/" className={classes.brand}>
        <Mark size={20} />
        <span className={classes.text}>{t('appName')}</span>
      </Link>
      <Item href="/" icon={<IconHome size={16} />} text={t('start')} />
      <Item
        href="/tasks"
        icon={<IconPhoto size={16} />}
        text={t('tasks')}
        {...(tasks && { count: tasks.length })}
      />
      <Item href="/projects" icon={<IconFolders size={16} />} text={t('projects')} />
      <Item href="/models" icon={<IconWand size={16} />} text={t('models')} />
      <Item href="/requests" icon={<IconListDetails size={16} />} text={t('requests')} />
      <ProjectLinks />
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.item}
          onClick={() => openDialog({ kind: 'settings' })}
        >
          <IconSettings size={16} />
          <span className={classes.text}>{t('settings')}</span>
          <ActionKey id="app.settings" own="F2" />
        </button>
        <button type="button" className={classes.item} onClick={() => openDialog({ kind: 'keys' })}>
          <IconKeyboard size={16} />
          <span className={classes.text}>{t('keys')}</span>
          <ActionKey id="app.keys" own="F1" />
        </button>
      </div>
    </nav>
  )
}

function ProjectLinks() {
  const { t } = useTranslation('common')
  const { data: projects } = useQuery(queries.projects())
  return (
    <div className={classes.projects}>
      <div className={classes.heading}>
        <span className={classes.text}>{t('projects')}</span>
        <Tooltip label={t('newProject')}>
          <ActionIcon
            size={20}
            aria-label={t('newProject')}
            onClick={() => openDialog({ kind: 'create-project' })}
          >
            <IconPlus size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
      {projects?.map((project) => (
        <Item
          key={project.id}
          href={`/projects/${project.id}`}
          icon={<Dots colors={project.labels.map((label) => label.color)} />}
          text={project.name}
          count={project.taskCount}
        />
      ))}
    </div>
  )
}

/** A project is recognised by the colours of its labels. */
function Dots({ colors }: { colors: readonly string[] }) {
  const four = [0, 1, 2, 3].map((at) => ({ at, color: colors[at] ?? 'var(--fm-border-strong)' }))
  return (
    <span className={classes.dots} aria-hidden="true">
      {four.map(({ at, color }) => (
        <i key={at} style={{ background: color }} />
      ))}
    </span>
  )
}

interface ItemProps {
  readonly href: string
  readonly icon: ReactNode
  readonly text: string
  readonly count?: number
}

function Item({ href, icon, text, count }: ItemProps) {
  const [location] = useLocation()
  // A project has a line of its own, so the line of all projects does not light up with it.
  const isExact = href === '/' || href === '/projects'
  const current = isExact ? location === href : `${location}/`.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      className={classes.item}
      aria-current={current ? 'page' : undefined}
      title={text}
    >
      {icon}
      <span className={classes.text}>{text}</span>
      {count !== undefined && <span className={classes.count}>{formatNumber(count)}</span>}
    </Link>
  )
}
