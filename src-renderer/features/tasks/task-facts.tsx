import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { queries } from '#renderer/state/queries.ts'
import { thumbnailOf } from '#renderer/state/thumbnail.ts'
import { formatAgo, formatDate, formatNumber } from '#renderer/ui/format.ts'
import { ShareBar } from '#renderer/ui/share-bar.tsx'
import { Thumbnail } from '#renderer/ui/thumbnail.tsx'
import type { Task } from '#shared/domain/task.ts'
import type { TaskVideo } from '#shared/domain/video.ts'
import { shareOf } from './sort.ts'
import classes from './tasks.module.css'

/** The card at the side of a task's page: its picture and how it was made. */
export function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const { data: projects } = useQuery(queries.projects())
  const project = projects?.find(({ id }) => id === task.projectId)
  const range = { start: task.startFrame, stop: task.stopFrame, step: task.frameStep }
  return (
    <aside className={classes.aside} aria-label={t('details')}>
      <Thumbnail src={thumbnailOf(task)} className={classes.cover ?? ''} />
      <dl className={classes.facts}>
        <Fact name={t('colProgress')}>
          <ShareBar
            share={shareOf(task)}
            label={t('annotated', {
              done: formatNumber(task.annotatedFrameCount),
              total: formatNumber(task.size),
            })}
          />
        </Fact>
        {task.checkedFrameCount > 0 && (
          <Fact name={t('checked')}>
            <ShareBar
              share={task.checkedFrameCount / task.size}
              label={t('checkedOf', {
                done: formatNumber(task.checkedFrameCount),
                total: formatNumber(task.size),
              })}
            />
          </Fact>
        )}
        <Fact name={t('frames')}>{formatNumber(task.size)}</Fact>
        {task.deletedFrameCount > 0 && (
          <Fact name={t('deletedFrames')}>{formatNumber(task.deletedFrameCount)}</Fact>
        )}
        <Fact name={t('objects')}>{formatNumber(task.objectCount)}</Fact>
        {project && (
          <Fact name={t('project')}>
            <Anchor component={Link} size="sm" href={`/projects/${project.id}`}>
              {project.name}
            </Anchor>
          </Fact>
        )}
        {task.subset && <Fact name={t('subset')}>{task.subset}</Fact>}
        <Fact name={t('mode')}>{t(`mode-${task.mode}`)}</Fact>
        {task.video ? (
          <VideoFact video={task.video} />
        ) : (
          <Fact name={t('sorting')}>{t(`sort-${task.sortingMethod}`)}</Fact>
        )}
        <Fact name={t('range')}>{t(task.frameStep > 1 ? 'rangeValue' : 'rangeAll', range)}</Fact>
        <Fact name={t('segment')}>
          {task.segmentSize === 0
            ? t('segmentAll')
            : t('segmentValue', { size: task.segmentSize, overlap: task.overlap })}
        </Fact>
        {task.bugTracker && <Fact name={t('issueTracker')}>{task.bugTracker}</Fact>}
        <Fact name={t('created')}>{formatDate(task.createdAt)}</Fact>
        <Fact name={t('changed')}>{formatAgo(task.updatedAt)}</Fact>
        <Fact name={t('media')}>
          {task.mediaPaths.map((path) => (
            <div key={path} className={`${classes.path} fm-selectable`}>
              {path}
            </div>
          ))}
        </Fact>
      </dl>
    </aside>
  )
}

/** What the video is, and what is wrong with it. */
function VideoFact({ video }: { video: TaskVideo }) {
  const { t } = useTranslation('tasks')
  const { width, height, codec } = video
  const rate = formatNumber(Math.round(video.frameRate * 100) / 100)
  return (
    <Fact name={t('video')}>
      {t('videoValue', { width, height, codec, rate })}
      {!video.verified && <div className={classes.videoNote}>{t('videoUnchecked')}</div>}
      {video.problems.map((problem) => (
        <div key={problem} className={classes.videoNote}>
          {problem}
        </div>
      ))}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
