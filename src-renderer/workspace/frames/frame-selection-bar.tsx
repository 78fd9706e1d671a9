import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCopy,
  IconPhoto,
  IconSquare,
  IconSquareCheck,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { markFrames } from './frame-verbs.ts'
import classes from './gallery.module.css'

interface Props {
  readonly picked: readonly FrameIndex[]
  readonly shown: number
  readonly onOpen: (frame: FrameIndex) => void
  readonly onClear: () => void
}

/** What can be done with the frames picked; each verb is one step of history. */
export function FrameSelectionBar({ picked, shown, onOpen, onClear }: Props) {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const marks = useDocument((state) => state.marks)
  const [first] = picked
  if (first === undefined)
    return (
      <footer className={classes.foot} role="status">
        {t('shown', { count: shown, formatted: formatNumber(shown) })}
        <span className={classes.grow} />
        {t('pickHint')}
      </footer>
    )
  const allChecked = picked.every((frame) => marks.isChecked(frame))
  const allDeleted = picked.every((frame) => marks.isDeleted(frame))
  const copyNames = async () => {
    try {
      const names = await namesOf(bench.taskId, picked)
      await navigator.clipboard.writeText(names.join('\n'))
      notifyDone(t('namesCopied', { count: names.length }))
    } catch (error) {
      notifyProblem(problemOf(error))
    }
  }
  return (
    <footer className={classes.foot} role="status">
      <strong>
        {t('picked', { count: picked.length, formatted: formatNumber(picked.length) })}
      </strong>
      <Button
        variant="default"
        leftSection={allChecked ? <IconSquare {...glyph} /> : <IconSquareCheck {...glyph} />}
        onClick={() => markFrames(bench, allChecked ? 'uncheck-frame' : 'check-frame', picked)}
      >
        {t(allChecked ? 'uncheck' : 'check')}
      </Button>
      <Button
        variant="default"
        leftSection={allDeleted ? <IconArrowBackUp {...glyph} /> : <IconTrash {...glyph} />}
        onClick={() => markFrames(bench, allDeleted ? 'restore-frame' : 'delete-frame', picked)}
      >
        {t(allDeleted ? 'restoreMany' : 'deleteMany')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCopy {...glyph} />}
        onClick={() => void copyNames()}
      >
        {t('copyNames')}
      </Button>
      {picked.length === 1 && (
        <Button
          variant="default"
          leftSection={<IconPhoto {...glyph} />}
          onClick={() => onOpen(first)}
        >
          {t('goToFrame')}
        </Button>
      )}
      <span className={classes.grow} />
      <Button variant="subtle" onClick={onClear}>
        {t('clear')}
      </Button>
    </footer>
  )
}

const glyph = { size: 14, stroke: 1.5 } as const

/** As many a call as the core gives. */
const PAGE = 10_000

/** Names of frames in ascending order. */
async function namesOf(taskId: TaskId, frames: readonly FrameIndex[]): Promise<string[]> {
  const pages = new Set(frames.map((frame) => Math.floor(frame / PAGE) * PAGE))
  const wanted = new Set(frames)
  const names: string[] = []
  for (const from of pages) {
    const rows = await client.frames.list({ taskId, from, count: PAGE })
    names.push(...rows.filter(({ index }) => wanted.has(index)).map(({ name }) => name))
  }
  return names
}
