import { Button, Popover, ScrollArea } from '@mantine/core'
import { IconAlertTriangle, IconMovie } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { queries } from '#renderer/state/queries.ts'
import { useBench, useUi } from '../bench/context.ts'
import { goTo } from '../bench/player.ts'
import classes from './top-bar.module.css'

/** What is wrong with the video, and frames that cannot be read, each named, a click away. Nothing while all is well. */
export function ProblemsBadge() {
  const { t } = useTranslation('workspace')
  const count = useUi(({ task }) => task.problemCount + (task.video?.problems.length ?? 0))
  if (count === 0) return null
  return (
    <Popover position="bottom-end" width={380} shadow="lg" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.problems}>
          <IconAlertTriangle size={15} stroke={1.5} />
          {t('problems', { count })}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} className="fm-dropdown">
        <ProblemList />
      </Popover.Dropdown>
    </Popover>
  )
}

function ProblemList() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { data = [] } = useQuery(queries.problems(bench.taskId))
  const video = useUi((state) => state.task.video)
  return (
    <>
      <ScrollArea.Autosize mah={320}>
        {video?.problems.map((problem) => (
          <p key={problem} className={classes.problem}>
            <b>
              <IconMovie size={15} stroke={1.5} aria-label={t('videoProblems')} />
            </b>
            <span className="fm-selectable">{problem}</span>
          </p>
        ))}
        {data.slice(0, 500).map((row) => (
          <button
            key={row.frame}
            type="button"
            className={classes.problem}
            onClick={() => goTo(bench, row.frame)}
          >
            <b>{row.frame}</b>
            <span>
              {row.name}
              <small>{row.problem}</small>
            </span>
          </button>
        ))}
      </ScrollArea.Autosize>
      <div className={classes.problemFoot}>
        <Button variant="default" onClick={() => runAction('files.relink')}>
          {t('relink')}
        </Button>
      </div>
    </>
  )
}
