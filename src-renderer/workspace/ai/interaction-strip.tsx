import { Button, Loader, Tooltip } from '@mantine/core'
import { IconCloud } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useAi } from '#renderer/state/known-functions.ts'
import { counted } from '#renderer/ui/format.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { useBench } from '../bench/context.ts'
import classes from './ai.module.css'
import type { AskStatus } from './asker.ts'
import { pointCount } from './found.ts'
import type { Interaction } from './interaction.ts'
import { currentForms } from './keep-found.ts'
import { StripParameter } from './strip-parameter.tsx'

/** One line under the tools: who is asked, what it found, what it is doing, what went wrong. */
export function InteractionStrip({ now }: { now: Interaction }) {
  const { t } = useTranslation('ai')
  const status = useStore(now.asker.status)
  const { info } = now
  if (status.problem)
    return <ProblemStrip problem={status.problem} onRetry={() => now.asker.retry()} />
  return (
    <div className={classes.strip}>
      {info.remote && (
        <Tooltip label={t('remote', { host: info.device })}>
          <IconCloud size={14} aria-label={t('remoteShort')} />
        </Tooltip>
      )}
      <strong>{info.name}</strong>
      <span className={classes.grow} role="status">
        <Outcome now={now} status={status} />
      </span>
      <Busy status={status} />
      <StripParameter info={info} />
    </div>
  )
}

function Outcome({ now, status: { found, isNothing } }: { now: Interaction; status: AskStatus }) {
  const { t } = useTranslation('ai')
  const bench = useBench()
  useAi((ai) => `${ai.result} ${ai.density}`)
  if (isNothing) return t('nothingHere')
  if (!found) return null
  const forms = currentForms(bench, now, found)
  const points = pointCount(forms)
  const parts = [
    forms.length > 1 ? t('parts', counted(forms.length)) : '',
    points > 0 ? t('points', counted(points)) : '',
    found.score === null ? '' : t('score', { score: found.score.toFixed(2) }),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function Busy({ status: { isAsking, isPreparing } }: { status: AskStatus }) {
  const { t } = useTranslation('ai')
  if (!isAsking && !isPreparing) return null
  return (
    <span className={classes.busy} key={isAsking ? 'asking' : 'preparing'}>
      <Loader size={11} />
      {isAsking ? t('asking') : t('preparing')}
    </span>
  )
}

export function ProblemStrip({ problem, onRetry }: { problem: ErrorBody; onRetry?: () => void }) {
  const { t } = useTranslation('ai')
  return (
    <div className={classes.strip} data-problem="true" role="alert">
      <p>
        {problem.message} <span>{problem.remedy}</span>
      </p>
      {onRetry && (
        <Button size="compact-xs" variant="subtle" onClick={onRetry}>
          {t('again')}
        </Button>
      )}
    </div>
  )
}
