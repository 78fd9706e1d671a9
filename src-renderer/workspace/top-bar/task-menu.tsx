import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowsJoin,
  IconCheck,
  IconFileExport,
  IconFileImport,
  IconLink,
  IconMenu2,
  IconPencil,
  IconPlayerTrackNext,
  IconTags,
  IconTimeline,
  IconWand,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { Job } from '#shared/domain/task.ts'
import { useBench, useUi } from '../bench/context.ts'
import { ActionItem } from '../parts/action-item.tsx'

const verbs = [
  ['files.import', IconFileImport],
  ['files.export', IconFileExport],
  ['files.automatic-annotation', IconWand],
  ['objects.run-actions', IconPlayerTrackNext],
  ['objects.link-shapes', IconTimeline],
  ['objects.join-tracks', IconArrowsJoin],
  ['files.labels', IconTags],
  ['files.rename', IconPencil],
  ['files.relink', IconLink],
] as const

/** What can be done with the task as a whole. */
export function TaskMenu() {
  const { t } = useTranslation('workspace')
  const [, navigate] = useLocation()
  const job = useJob()
  return (
    <Menu position="bottom-start" width="max-content">
      <Menu.Target>
        <ActionIcon size={32} aria-label={t('menu')}>
          <IconMenu2 size={18} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowLeft {...glyph} />} onClick={() => navigate('/')}>
          {t('backToStart')}
        </Menu.Item>
        <Menu.Divider />
        {verbs.map(([id, icon]) => (
          <ActionItem key={id} id={id} icon={icon} />
        ))}
        {job && <Menu.Divider />}
        {job && (
          <Menu.Item leftSection={<IconCheck {...glyph} />} onClick={() => void finishJob(job, t)}>
            {job.state === 'completed' ? t('renewJob') : t('finishJob')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

const glyph = { size: 16, stroke: 1.5 } as const

/** The job on screen; on a whole task, its only job. */
function useJob(): Job | undefined {
  const { range } = useBench().document
  const jobs = useUi((state) => state.task.jobs)
  return jobs.find((job) => job.startFrame === range.start && job.stopFrame === range.stop)
}

async function finishJob(job: Job, t: TFunction<'workspace'>): Promise<void> {
  const state = job.state === 'completed' ? 'in progress' : 'completed'
  try {
    await client.jobs.update({ id: job.id, state })
    notifyDone(t(state === 'completed' ? 'jobFinished' : 'jobRenewed', { id: job.id }))
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
