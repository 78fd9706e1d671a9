import { Anchor, CopyButton, Loader, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc, queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { SettingHeading, SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

/** Where everything is kept, which version this is, and whether the installation is well. */
export function DataTab() {
  const { t } = useTranslation('settings')
  const { data: info, error } = useQuery(queries.info())
  return (
    <>
      {error && <ErrorNotice problem={problemOf(error)} />}
      {info && (
        <>
          <SettingRow label={t('dataDir')} hint={t('dataDirHint')}>
            {() => <CopyValue value={info.dataDir} />}
          </SettingRow>
          <SettingRow label={t('version')}>{() => <CopyValue value={info.version} />}</SettingRow>
          <SettingRow label={t('platform')}>{() => <CopyValue value={info.platform} />}</SettingRow>
          <SettingRow label={t('schema')}>
            {() => <CopyValue value={String(info.revisionOfSchema)} />}
          </SettingRow>
          <SettingRow label={t('api')} hint={t('apiHint')}>
            {() => (
              <Anchor size="sm" href="/api/docs" target="_blank">
                /api/docs
              </Anchor>
            )}
          </SettingRow>
        </>
      )}
      <SettingHeading>{t('checks')}</SettingHeading>
      <Checks />
    </>
  )
}

function Checks() {
  const { data: report, error, refetch } = useQuery(orpc.app.doctor.queryOptions())
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!report) return <Loader size="xs" mt="sm" />
  return report.checks.map((check) => (
    <SettingRow
      key={check.name}
      label={check.name}
      hint={[check.detail, check.remedy].filter(Boolean).join(' ')}
    >
      {() =>
        check.ok ? (
          <IconCheck size={16} color="var(--fm-accent)" />
        ) : (
          <IconAlertTriangle size={16} color="var(--fm-warn)" />
        )
      }
    </SettingRow>
  ))
}

function CopyValue({ value }: { value: string }) {
  const { t } = useTranslation('common')
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'copied' : 'copy')}>
          <UnstyledButton className={classes.value} onClick={copy}>
            {value}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  )
}
