import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Connection, ConnectionTest } from '#shared/contract/connections.ts'
import classes from './models.module.css'

interface Props {
  /** null: a new one. */
  readonly connection: Connection | null
  readonly close: () => void
}

/** Where functions run that are not on this machine: a Nuclio dashboard, or one function's own port. */
export function ConnectionDialog({ connection, close }: Props) {
  const { t } = useTranslation('models')
  const defaults = useQuery(orpc.connections.defaults.queryOptions())
  const start = connection ?? defaults.data
  return (
    <Modal opened onClose={close} size={600} title={t(connection ? 'editConnection' : 'connect')}>
      {start && <ConnectionForm start={start} isNew={connection === null} close={close} />}
    </Modal>
  )
}

function ConnectionForm({
  start,
  isNew,
  close,
}: {
  start: Connection
  isNew: boolean
  close: () => void
}) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  const [form, setForm] = useState(start)
  const set = (change: Partial<Connection>) => setForm({ ...form, ...change })
  const complete = () => ({
    ...form,
    enabled: true,
    name: form.name.trim(),
    id: isNew ? idOf(form.name) : form.id,
  })
  const test = useMutation({ mutationFn: () => client.connections.test(complete()) })
  const save = useMutation({
    mutationFn: () => client.connections.save(complete()),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: orpc.connections.key() })
      void cache.invalidateQueries({ queryKey: orpc.functions.key() })
      close()
    },
  })
  const isDashboard = form.via === 'dashboard'
  const isReady = form.name.trim() !== '' && /^https?:\/\/./.test(form.url)
  const error = save.error ?? test.error
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) save.mutate()
      }}
    >
      <Stack gap="md">
        <Segmented
          label={t('via')}
          value={form.via}
          onChange={(via) => set({ via })}
          data={(['dashboard', 'function'] as const).map((value) => ({
            value,
            label: t(`via-${value}`),
          }))}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('name')}
            data-autofocus
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('address')}
            placeholder="http://localhost:8070"
            value={form.url}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
        </Group>
        {isDashboard ? (
          <Group grow align="flex-start">
            <TextInput
              label={t('project')}
              description={t('projectHint')}
              value={form.project}
              onChange={(event) => set({ project: event.currentTarget.value })}
            />
            <TextInput
              label={t('namespace')}
              description={t('namespaceHint')}
              value={form.namespace}
              onChange={(event) => set({ namespace: event.currentTarget.value })}
            />
          </Group>
        ) : (
          <Textarea
            label="function.yaml"
            description={t('functionYamlHint')}
            autosize
            minRows={4}
            maxRows={10}
            value={form.functionYaml}
            onChange={(event) => set({ functionYaml: event.currentTarget.value })}
          />
        )}
        <Group grow align="flex-start">
          {isDashboard && (
            <Select
              label={t('invoke')}
              allowDeselect={false}
              value={form.invoke}
              data={(['dashboard', 'direct'] as const).map((value) => ({
                value,
                label: t(`invoke-${value}`),
              }))}
              onChange={(invoke) => set({ invoke: invoke === 'direct' ? 'direct' : 'dashboard' })}
            />
          )}
          <NumberInput
            label={t('timeout')}
            min={1}
            max={3600}
            suffix=" s"
            value={form.timeoutSeconds}
            onChange={(value) => set({ timeoutSeconds: Number(value) || 120 })}
          />
        </Group>
        <Alert color="gray" p="xs">
          {t('leavesMachine')}
        </Alert>
        {error && <ErrorNotice problem={problemOf(error)} />}
        {test.data && <Tested result={test.data} />}
        <Group justify="space-between">
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!isReady}
            onClick={() => test.mutate()}
          >
            {t('test')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isReady}>
              {t('save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function Tested({ result: { functions, warnings } }: { result: ConnectionTest }) {
  const { t } = useTranslation('models')
  return (
    <div className={classes.tested} role="status">
      <b>{t('foundFunctions', { count: functions.length })}</b>
      {functions.map((one) => (
        <div key={one.name}>
          {one.name} <small>{[one.kind, one.state, one.problem].filter(Boolean).join(' · ')}</small>
        </div>
      ))}
      {warnings.map((warning) => (
        <div key={warning} className={classes.warning}>
          {warning}
        </div>
      ))}
    </div>
  )
}

/** Part of the ids of its functions: made of the name once, and kept. */
function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'connection' : plain
}
