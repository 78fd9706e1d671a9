import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc, queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Task } from '#shared/domain/task.ts'
import { maskToPolygons } from '#shared/geometry/mask-contours.ts'
import classes from './models.module.css'

/** Run a model that is not installed yet on a frame of the task somebody worked on last, and see what it finds. */
export function TryIt({ path, manifest }: { path: string; manifest: ModelManifest }) {
  const { t } = useTranslation('models')
  const { data: tasks } = useQuery(queries.tasks())
  const task = tasks?.find((one) => one.mediaState === 'ready' && one.size > 0)
  const run = useMutation({
    mutationFn: (of: Task) => client.models.try({ path, manifest, taskId: of.id, frame: 0 }),
  })
  if (!task)
    return (
      <Text size="xs" c="dimmed">
        {t('tryNeedsTask')}
      </Text>
    )
  return (
    <div className={classes.try}>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          loading={run.isPending}
          onClick={() => run.mutate(task)}
        >
          {t('tryIt')}
        </Button>
        <Text size="xs" c="dimmed">
          {run.data
            ? t('tried', {
                count: run.data.detections.length,
                formatted: formatNumber(run.data.detections.length),
                ms: formatNumber(Math.round(run.data.tookMs)),
              })
            : t('tryOn', { task: task.name })}
        </Text>
      </Group>
      {run.error && <ErrorNotice problem={problemOf(run.error)} />}
      {run.data && <Found task={task} detections={run.data.detections} />}
    </div>
  )
}

function Found({ task, detections }: { task: Task; detections: readonly Detection[] }) {
  const { data } = useQuery(orpc.frames.list.queryOptions({ input: { taskId: task.id, count: 1 } }))
  const [frame] = data ?? []
  if (!frame?.width || !frame.height) return null
  const { width, height } = frame
  const unit = Math.max(width, height) / 400
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={frame.name}
    >
      <image href={`/frames/${task.id}/0`} width={width} height={height} />
      {detections.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: detections have no ids, and the list is only ever replaced
        <g key={at} fill="none" strokeWidth={unit} stroke="var(--fm-accent)">
          <Outline detection={one} unit={unit} />
          <Caption detection={one} unit={unit} />
        </g>
      ))}
    </svg>
  )
}

function Outline({ detection, unit }: { detection: Detection; unit: number }) {
  const { type, points, rotation, elements } = detection
  if (type === 'rectangle') {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
    const turn = `rotate(${rotation} ${(x1 + x2) / 2} ${(y1 + y2) / 2})`
    return <rect x={x1} y={y1} width={x2 - x1} height={y2 - y1} transform={turn} />
  }
  if (type === 'mask')
    return maskToPolygons(points).map((outline) => (
      <polygon
        key={outline.outer.slice(0, 4).join(' ')}
        points={outline.outer.join(' ')}
        fill="var(--fm-accent)"
        fillOpacity={0.25}
      />
    ))
  if (type === 'skeleton')
    return elements
      .filter(({ outside }) => !outside)
      .map(({ label, points: [x = 0, y = 0] }) => (
        <circle key={label} cx={x} cy={y} r={unit * 2} fill="var(--fm-accent)" />
      ))
  if (type === 'tag') return null
  return <polygon points={points.join(' ')} />
}

function Caption({
  detection: { label, score, points, type, elements },
  unit,
}: {
  detection: Detection
  unit: number
}) {
  const [x = 0, y = 0] =
    type === 'mask' ? points.slice(-4) : type === 'skeleton' ? (elements[0]?.points ?? []) : points
  return (
    <text
      x={x}
      y={Math.max(unit * 10, y - unit * 2)}
      fontSize={unit * 10}
      stroke="none"
      fill="var(--fm-accent)"
    >
      {score === null ? label : `${label} ${Math.round(score * 100)} %`}
    </text>
  )
}
