import { Button, Group, NumberInput, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { rememberedFrame } from '#renderer/state/remembered-frame.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import type { ModelProposal } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Task } from '#shared/domain/task.ts'
import { Found } from './found.tsx'
import classes from './models.module.css'
import { taskOnScreen } from './task-on-screen.ts'

interface Props {
  readonly proposal: ModelProposal
  readonly settle: () => Promise<ModelManifest>
  /** Nothing is left to be said of it. */
  readonly isReady: boolean
}

/** Run a detector that is not installed yet on the picture on screen, else of the task worked on last, and see what it finds. */
export function TryIt(props: Props) {
  const { t } = useTranslation('models')
  const { data: tasks } = useQuery(queries.tasks())
  const { kind } = props.proposal.manifest
  const ready = tasks?.filter((one) => one.mediaState === 'ready' && one.size > 0)
  const shown = taskOnScreen(window.location.pathname)?.id
  const task = ready?.find(({ id }) => id === shown) ?? ready?.[0]
  if (kind !== 'detector') return <Hint>{t(`try-${kind}`)}</Hint>
  return task ? <TryOn {...props} task={task} /> : tasks && <Hint>{t('tryNeedsTask')}</Hint>
}

const Hint = ({ children }: { children: string }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
)

function TryOn({ proposal, settle, isReady, task }: Props & { task: Task }) {
  const { t } = useTranslation('models')
  const [frame, setFrame] = useState(() => Math.min(rememberedFrame(task.id), task.size - 1))
  const run = useMutation({
    mutationFn: async (at: number) => {
      const manifest = await settle()
      const { path } = proposal
      return { at, ...(await client.models.try({ path, manifest, taskId: task.id, frame: at })) }
    },
  })
  const { data } = run
  return (
    <div className={classes.try}>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          disabled={!isReady}
          loading={run.isPending}
          onClick={() => run.mutate(frame)}
        >
          {t('tryIt')}
        </Button>
        {task.size > 1 && (
          <NumberInput
            aria-label={t('tryFrame')}
            w={120}
            min={1}
            max={task.size}
            allowDecimal={false}
            prefix={t('tryFramePrefix')}
            value={frame + 1}
            onChange={(value) => setFrame(Math.min(task.size, Math.max(1, Number(value))) - 1)}
          />
        )}
        <Text size="sm" c="dimmed" role="status">
          {data
            ? t('tried', {
                ...counted(data.detections.length),
                ms: formatNumber(Math.round(data.tookMs)),
              })
            : t('tryOn', { task: task.name })}
        </Text>
      </Group>
      {run.error && <ErrorNotice problem={problemOf(run.error)} />}
      {data && <Found taskId={task.id} frame={data.at} detections={data.detections} />}
    </div>
  )
}
