import { CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '#renderer/state/queries.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { FrameTime } from '../playback/frame-time.tsx'
import classes from './top-bar.module.css'

/** Names come in pages, so that stepping through a folder asks for them once in a while only. */
const PAGE = 500

/** The picture's path within the task, and a button to copy it. */
export function FrameName() {
  const { t } = useTranslation('workspace')
  const { taskId } = useBench()
  const frame = useDocument((state) => state.frame)
  const from = Math.floor(frame / PAGE) * PAGE
  const { data } = useQuery(
    orpc.frames.list.queryOptions({
      input: { taskId, from, count: PAGE },
      placeholderData: keepPreviousData,
    }),
  )
  const name = data?.find((candidate) => candidate.index === frame)?.name ?? ''
  return (
    <div className={classes.fileName}>
      <FrameTime />
      <Tooltip label={name} openDelay={800} disabled={name === ''}>
        <span className="fm-selectable">{name}</span>
      </Tooltip>
      <CopyButton value={name}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copyName')}>
            <button type="button" tabIndex={-1} aria-label={t('copyName')} onClick={copy}>
              {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
            </button>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  )
}
