import { Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { rememberedFrame } from '#renderer/state/remembered-frame.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import type { Bench } from './bench/bench.ts'
import { taskChanged } from './bench/bench.ts'
import { BenchContext } from './bench/context.ts'
import { openBench, type TaskDetails } from './bench/open-bench.ts'
import { Screen } from './screen.tsx'
import { FailedMedia, ScanningStage } from './stage/waiting-stage.tsx'
import classes from './workspace.module.css'

interface Props {
  readonly taskId: TaskId
  readonly jobId?: JobId | null
  /** Frame to begin with; left out: where the person was last. */
  readonly frame?: number
}

/** The annotation screen of a task, or of one of its jobs. */
export function Workspace({ taskId, jobId = null, frame }: Props) {
  const query = useQuery(queries.task(taskId))
  if (query.error)
    return (
      <Center h="100%" p="xl">
        <ErrorNotice problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      </Center>
    )
  const task = query.data
  if (!task)
    return (
      <Center h="100%">
        <Loader size="sm" type="dots" />
      </Center>
    )
  if (task.mediaState === 'scanning') return <ScanningStage task={task} />
  if (task.mediaState === 'failed') return <FailedMedia task={task} />
  return <ReadyWorkspace task={task} jobId={jobId} frame={frame ?? rememberedFrame(taskId)} />
}

/** The task's media are listed: open its document once, and keep it while the task's own facts change. */
function ReadyWorkspace(props: { task: TaskDetails; jobId: JobId | null; frame: number }) {
  const { task, jobId, frame } = props
  const [bench, setBench] = useState<Bench | null>(null)
  const palette = useSettings((settings) => settings.palette)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed task is handed on below, not reopened
  useEffect(() => {
    const opened = openBench(task, jobId, frame)
    setBench(opened.bench)
    return () => {
      opened.close()
      setBench(null)
    }
  }, [task.id, jobId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels are coloured anew for another palette
  useEffect(() => {
    if (bench) taskChanged(bench, task, task.labels)
  }, [bench, task, palette])
  if (!bench) return <div className={classes.workspace} />
  return (
    <BenchContext value={bench}>
      <Screen />
    </BenchContext>
  )
}
