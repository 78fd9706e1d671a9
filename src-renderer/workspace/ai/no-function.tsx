import { Button, Loader } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { askAgain, type KnownFunctions } from '#renderer/state/known-functions.ts'
import type { FunctionKind } from '#shared/domain/function.ts'
import classes from './ai.module.css'
import { aiProblem } from './ai-problem.ts'

/** In place of a choice there is nothing in: what to do about it. */
export function NoFunction({
  kind,
  known: { isKnown, error },
}: {
  kind: Exclude<FunctionKind, 'reid'>
  known: KnownFunctions
}) {
  const { t } = useTranslation('ai')
  if (error) return <Failure error={error} />
  if (!isKnown)
    return (
      <div className={classes.empty}>
        <Loader size="xs" type="dots" />
      </div>
    )
  return (
    <div className={classes.empty}>
      <IconCpu size={26} stroke={1.25} />
      <strong>{t(`none-${kind}`)}</strong>
      <p>{t('noneHint')}</p>
      <Button component={Link} href="/models" variant="default">
        {t('openModels')}
      </Button>
    </div>
  )
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('ai')
  const { message, remedy } = aiProblem(error)
  return (
    <div className={classes.empty} role="alert">
      <strong>{message}</strong>
      <p>{remedy}</p>
      <Button variant="default" onClick={askAgain}>
        {t('again')}
      </Button>
    </div>
  )
}
