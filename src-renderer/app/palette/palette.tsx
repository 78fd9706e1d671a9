import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  IconCommand,
  IconFiles,
  IconFolders,
  IconLayout,
  IconPencil,
  IconPhoto,
  IconPhotoEdit,
  IconPlayerTrackNext,
  IconSearch,
  IconShape,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { actionTitle } from '#renderer/features/settings/action-titles.ts'
import { type Action, keysOf } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { queries } from '#renderer/state/queries.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { useActions } from '../use-actions.ts'
import classes from './palette.module.css'
import { best } from './rank.ts'
import { closePalette, usePalette } from './store.ts'

const [store, spotlight] = createSpotlight()

interface Entry {
  readonly id: string
  readonly title: string
  readonly icon: ReactNode
  readonly aside?: ReactNode
  readonly run: () => void
}

/** Every verb, task and project behind one field. */
export function Palette() {
  const { t } = useTranslation('common')
  const opened = usePalette((s) => s.opened)
  const typed = usePalette((s) => s.typed)
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (typed !== '') setQuery(typed)
  }, [typed])
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened])
  const groups = useGroups(query)
  const empty = groups.every((group) => group.entries.length === 0)
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={closePalette}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={600}
      yOffset="11vh"
      transitionProps={{ duration: 80 }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      classNames={classes}
    >
      <Spotlight.Search
        placeholder={t('searchOrRun')}
        leftSection={<IconSearch size={16} stroke={1.8} />}
        onKeyDown={({ key, currentTarget }) => {
          // Text that came before the field did has selected nothing: Enter means the first then, too.
          if (key !== 'Enter' || store.getState().selected >= 0) return
          const dialog = currentTarget.closest('[role=dialog]')
          dialog?.querySelector<HTMLElement>('[data-action]')?.click()
        }}
      />
      <Spotlight.ActionsList>
        {groups.map(
          (group) =>
            group.entries.length > 0 && (
              <Spotlight.ActionsGroup key={group.title} label={group.title}>
                {group.entries.map((entry) => (
                  <Spotlight.Action
                    key={entry.id}
                    label={entry.title}
                    leftSection={entry.icon}
                    rightSection={entry.aside}
                    highlightQuery
                    highlightColor="var(--fm-accent-soft)"
                    onClick={entry.run}
                  />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {empty && <Spotlight.Empty>{t('paletteNothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function useGroups(query: string) {
  const { t } = useTranslation('common')
  const verbs = useVerbs()
  const { tasks, projects } = usePlaces()
  const asked = query.trim() !== ''
  const pick = (entries: Entry[], few: number) =>
    best(entries, query, (entry) => entry.title, asked ? 40 : few)
  const places = [
    { title: t('paletteTasks'), entries: pick(tasks, 4) },
    { title: t('paletteProjects'), entries: pick(projects, 0) },
  ]
  const commands = { title: t('paletteActions'), entries: pick(verbs, MOST) }
  // While annotating, the verbs of the annotation screen are meant; elsewhere, where to go.
  const isAnnotating = useActions().some(({ scope }) => scope === 'workspace')
  return isAnnotating ? [commands, ...places] : [...places, commands]
}

const MOST = 60

const groupIcons = {
  modes: IconPencil,
  objects: IconShape,
  player: IconPlayerTrackNext,
  image: IconPhotoEdit,
  view: IconLayout,
  files: IconFiles,
  general: IconCommand,
} as const
const groupOrder = Object.keys(groupIcons)

/** What is done most stands first: tools, then objects, then the rest; the app's own verbs last. */
const placeOf = ({ scope, group }: Action): number =>
  (scope === 'workspace' ? 0 : groupOrder.length) + groupOrder.indexOf(group)

function GroupIcon({ group }: { group: Action['group'] }) {
  const Glyph = groupIcons[group]
  return <Glyph size={15} stroke={1.6} />
}

function useVerbs(): Entry[] {
  return useActions()
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .filter((action) => action.id !== 'app.palette' && action.canRun?.() !== false)
    .map((action) => {
      const keys = keysOf(action)[0]
      return {
        id: action.id,
        title: actionTitle(action.id),
        icon: <GroupIcon group={action.group} />,
        aside: keys && <Keys caps={keyCaps(keys)} />,
        // After the palette has given the focus back, so that what the verb focuses keeps it.
        run: () => void setTimeout(() => void action.run()),
      }
    })
}

function usePlaces() {
  const [, navigate] = useLocation()
  const { data: tasks = [] } = useQuery(queries.tasks())
  const { data: projects = [] } = useQuery(queries.projects())
  const recentFirst = [...tasks].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  return {
    tasks: recentFirst.map(
      (task): Entry => ({
        id: `task-${task.id}`,
        title: task.name,
        icon: <IconPhoto size={15} />,
        aside: `#${task.id}`,
        run: () => navigate(`/tasks/${task.id}/annotate`),
      }),
    ),
    projects: projects.map(
      (project): Entry => ({
        id: `project-${project.id}`,
        title: project.name,
        icon: <IconFolders size={15} />,
        run: () => navigate(`/projects/${project.id}`),
      }),
    ),
  }
}
