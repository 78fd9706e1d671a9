import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import { type SidecarFormat, sidecarFormatSchema, sidecarFormats } from '#shared/domain/sidecar.ts'
import { LossReport } from './loss-report.tsx'

/** The dataset formats whose files these are. */
const formatNames: Readonly<Record<SidecarFormat, string>> = {
  labelme: 'labelme JSON',
  'x-anylabeling': 'X-AnyLabeling JSON',
  yolo: 'YOLO 1.1',
}

/** Files of another program beside the pictures: which one's, and what they cannot hold, before any is written. */
export function SidecarDialog({ taskId, close }: { taskId: TaskId; close: () => void }) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const { data: now, error } = useQuery(queries.sidecar(taskId))
  const [chosen, setChosen] = useState<SidecarFormat | 'off' | null>(null)
  const set = useMutation({
    mutationFn: (format: SidecarFormat | null) => client.sidecar.set({ taskId, format }),
    onSuccess: close,
  })
  const current = now?.format ?? 'off'
  const value = chosen ?? (current === 'off' ? 'labelme' : current)
  const problem = error ?? set.error
  return (
    <Modal opened onClose={close} size={600} title={t('sidecarTitle', { name: task?.name ?? '' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate(value === 'off' ? null : value)
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('sidecarHint')}
          </Text>
          <Radio.Group
            aria-label={t('format')}
            value={value}
            onChange={(to) => setChosen(to === 'off' ? 'off' : sidecarFormatSchema.parse(to))}
          >
            <Stack gap="xs">
              {sidecarFormats.map((format) => (
                <Radio
                  key={format}
                  value={format}
                  label={formatNames[format]}
                  description={t(`sidecar-${format}`)}
                  data-autofocus={format === value || undefined}
                />
              ))}
              {current !== 'off' && (
                <Radio value="off" label={t('sidecarOff')} description={t('sidecarOffHint')} />
              )}
            </Stack>
          </Radio.Group>
          {value !== 'off' && <Losses taskId={taskId} format={formatNames[value]} />}
          {problem && <ErrorNotice problem={problemOf(problem)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={set.isPending} disabled={!now || value === current}>
              {t(value === 'off' ? 'sidecarStop' : 'sidecarStart')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What stays here alone. */
function Losses({ taskId, format }: { taskId: TaskId; format: string }) {
  const losses = useQuery(
    queries.exportLosses({ taskId, jobId: null }, format, { frames: 'all', filter: '' }),
  )
  return (
    <LossReport
      format={format}
      data={losses.data}
      problem={losses.error && problemOf(losses.error)}
      retry={() => void losses.refetch()}
    />
  )
}
