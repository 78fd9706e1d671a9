import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc, queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted } from '#renderer/ui/format.ts'
import type { ProjectId } from '#shared/domain/ids.ts'
import { type ProjectImportReport, projectImportReportSchema } from '#shared/domain/request.ts'
import classes from './datasets.module.css'
import { FileField } from './file-field.tsx'
import { FormatField } from './format-field.tsx'
import { Names } from './names.tsx'
import { RequestProgress } from './request-progress.tsx'
import { Step } from './step.tsx'

interface Props {
  /** Null: a new project. */
  readonly projectId: ProjectId | null
  readonly close: () => void
}

type Wish = Parameters<typeof client.datasets.importProject>[0]

/** A dataset with its pictures: a task for every subset, labels as the file describes them. */
export function ImportProjectDialog({ projectId, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: project } = useQuery({
    ...orpc.projects.get.queryOptions({ input: { id: projectId ?? (0 as ProjectId) } }),
    enabled: projectId !== null,
  })
  const start = useMutation({ mutationFn: (wish: Wish) => client.datasets.importProject(wish) })
  const title =
    projectId === null
      ? t('importNewProject')
      : t('importProjectTitle', { name: project?.name ?? '' })
  return (
    <Modal opened onClose={close} size={580} title={title}>
      <Step of="form" hidden={start.data !== undefined}>
        <ProjectForm
          projectId={projectId}
          hasTasks={(project?.taskCount ?? 0) > 0}
          error={start.error}
          pending={start.isPending}
          onImport={start.mutate}
          close={close}
        />
      </Step>
      {start.data && (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => {
            const report = projectImportReportSchema.safeParse(request.result)
            return report.success && <ImportedProject report={report.data} close={close} />
          }}
        </RequestProgress>
      )}
    </Modal>
  )
}

interface FormProps extends Props {
  readonly hasTasks: boolean
  readonly error: Error | null
  readonly pending: boolean
  readonly onImport: (wish: Wish) => void
}

function ProjectForm({ projectId, hasTasks, error, pending, onImport, close }: FormProps) {
  const { t } = useTranslation('datasets')
  const { data: formats = [] } = useQuery(queries.formats())
  const [path, setPath] = useState('')
  const [format, setFormat] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [media, setMedia] = useState<'new' | 'existing'>('new')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const projectName = projectId === null ? name.trim() || null : null
        const file = { path: path.trim(), format }
        if (file.path) onImport({ projectId, projectName, ...file, media })
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('importProjectHint')}
        </Text>
        <FileField value={path} onChange={setPath} />
        <FormatField formats={formats} value={format} onChange={setFormat} />
        {projectId === null && (
          <TextInput
            label={t('projectName')}
            description={t('projectNameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {hasTasks && (
          <Radio.Group
            label={t('mediaWhere')}
            value={media}
            onChange={(value) => setMedia(value === 'existing' ? 'existing' : 'new')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="new" label={t('mediaNew')} description={t('mediaNewHint')} />
              <Radio
                value="existing"
                label={t('mediaExisting')}
                description={t('mediaExistingHint')}
              />
            </Stack>
          </Radio.Group>
        )}
        {error && <ErrorNotice problem={problemOf(error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={path.trim() === ''}>
            {t('importNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function ImportedProject({ report, close }: { report: ProjectImportReport; close: () => void }) {
  const { t } = useTranslation('datasets')
  const { projectId, tasks, imported, labelsCreated, unmatched, unmatchedCount, notes } = report
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm">
          {t('importProjectDone', {
            annotations: t('lossCount', counted(imported)),
            tasks: t('taskCount', counted(tasks.length)),
          })}
        </Text>
      </div>
      {labelsCreated.length > 0 && <Names title={t('labelsMade')} names={labelsCreated} />}
      {notes.length > 0 && <Names title={t('notes')} names={notes} />}
      {unmatchedCount > 0 && (
        <Names
          title={t('unmatchedTitle', counted(unmatchedCount))}
          names={unmatched}
          more={unmatchedCount - unmatched.length}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
        <Button component={Link} href={`/projects/${projectId}`} onClick={close} data-autofocus>
          {t('openProject')}
        </Button>
      </Group>
    </Stack>
  )
}
