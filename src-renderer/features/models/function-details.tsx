import { Button, Code, Text } from '@mantine/core'
import { IconGauge, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes, formatNumber } from '#renderer/ui/format.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Model } from '#shared/domain/model.ts'
import { BenchResult } from './bench-result.tsx'
import { DeviceSelect } from './device-select.tsx'
import { Markdown } from './markdown/markdown.tsx'
import classes from './models.module.css'

/** All that is known of a function, and what can be done with it. */
export function FunctionDetails({ info, model }: { info: FunctionInfo; model: Model | null }) {
  const { t } = useTranslation('models')
  const { description, help, parameters, problem, labels } = info
  const measure = useMutation({ mutationFn: (id: string) => client.models.bench({ id }) })
  return (
    <div className={classes.details}>
      {problem && <ErrorNotice problem={problem} />}
      {description !== '' && <Text size="sm">{description}</Text>}
      {help !== '' && (
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      )}
      <dl className={classes.facts}>
        <Fact name={t('id')}>
          <Code>{info.id}</Code>
        </Fact>
        {labels.length > 0 && (
          <Fact name={t('labels', { count: labels.length })}>
            <span className={classes.allLabels}>
              {labels.map((label) => (
                <i key={label.name} title={aboutLabel(label)}>
                  {label.name}
                </i>
              ))}
            </span>
          </Fact>
        )}
        {parameters.length > 0 && (
          <Fact name={t('parameters')}>
            <span className={classes.allLabels}>
              {parameters.map(({ name, defaultValue, help: about }) => (
                <i key={name} title={about}>
                  {name}{' '}
                  {typeof defaultValue === 'number'
                    ? formatNumber(defaultValue)
                    : String(defaultValue)}
                </i>
              ))}
            </span>
          </Fact>
        )}
        {model && <ModelFacts model={model} />}
      </dl>
      {model && (
        <div className={classes.verbs}>
          {!model.problem && (
            <>
              <DeviceSelect model={model} />
              <Button
                variant="default"
                leftSection={<IconGauge size={15} />}
                loading={measure.isPending}
                onClick={() => measure.mutate(model.id)}
              >
                {t('measure')}
              </Button>
            </>
          )}
          {model.origin === 'installed' && (
            <Button
              variant="default"
              leftSection={<IconTrash size={15} />}
              onClick={() => openDialog({ kind: 'remove-model', id: model.id, name: info.name })}
            >
              {t('remove')}
            </Button>
          )}
        </div>
      )}
      {measure.error && <ErrorNotice problem={problemOf(measure.error)} />}
      {measure.data && <BenchResult id={measure.data.id} />}
      {model && model.card !== '' && (
        <details className={classes.card}>
          <summary>{t('card')}</summary>
          <Markdown text={model.card} />
        </details>
      )}
    </div>
  )
}

/** Of a damaged pack only its place means anything. */
function ModelFacts({ model }: { model: Model }) {
  const { t } = useTranslation('models')
  const { manifest, sizeBytes, folder, origin, problem } = model
  if (problem) return <Fact name={t('folder')}>{folder}</Fact>
  return (
    <>
      <Fact name={t('family')}>{manifest.family}</Fact>
      <Fact name={t('size')}>
        {formatBytes(sizeBytes)} · {t(`origin-${origin}`)}
      </Fact>
      {manifest.licence !== '' && <Fact name={t('licence')}>{manifest.licence}</Fact>}
      {manifest.source !== '' && <Fact name={t('source')}>{manifest.source}</Fact>}
      <Fact name={t('folder')}>{folder}</Fact>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="fm-selectable">{children}</dd>
    </div>
  )
}

function aboutLabel({ type, attributes, sublabels }: FunctionInfo['labels'][number]): string {
  const joints = sublabels.map(({ name }) => name)
  const about = [type, ...attributes.map(({ name }) => name), ...joints]
  return about.length > 12
    ? `${about.slice(0, 12).join(', ')} (${formatNumber(about.length)})`
    : about.join(', ')
}
