import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { isShown, RequestRow } from './request-row.tsx'
import classes from './requests.module.css'

/** Everything the machine was asked to do, newest first. */
export function RequestsPage() {
  const { t } = useTranslation('datasets')
  const { data: all, error, refetch } = useQuery(queries.requests())
  const requests = all?.filter(isShown)
  return (
    <Page title={t('requests')}>
      {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {requests?.length === 0 && <EmptyState title={t('noRequests')} hint={t('noRequestsHint')} />}
      {requests && requests.length > 0 && (
        <div className={classes.list}>
          {requests.map((request) => (
            <RequestRow key={request.id} request={request} />
          ))}
        </div>
      )}
    </Page>
  )
}
