import { IconAlertTriangle, IconCloud } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo } from '#shared/domain/function.ts'
import classes from './automatic-annotation.module.css'

/** What it is, whether pictures leave the machine, and why it cannot be used when it cannot. */
export function AboutModel({ info }: { info: FunctionInfo }) {
  const { t } = useTranslation('ai')
  return (
    <div className={classes.about}>
      <h3>{info.name}</h3>
      {info.description !== '' && <p>{info.description}</p>}
      {info.remote && (
        <p className={classes.remote}>
          <IconCloud size={14} />
          {t('remote', { host: info.device })}
        </p>
      )}
      {info.state === 'failed' && (
        <p className={classes.failed} role="alert">
          <IconAlertTriangle size={14} />
          {info.problem?.message ?? t('failed')} {info.problem?.remedy}
        </p>
      )}
    </div>
  )
}
