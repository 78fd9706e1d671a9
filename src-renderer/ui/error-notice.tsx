import { Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { catalogue } from '#shared/errors/catalogue/index.ts'
import classes from './error-notice.module.css'

interface Props {
  readonly problem: ErrorBody
  /** Shown as "Try again" when the catalogue says that trying again can help. */
  readonly onRetry?: () => void
}

/** True when the catalogue says so; a code this version does not know may be tried again. */
function canRetry(code: string): boolean {
  const entry = (catalogue as Readonly<Record<string, { readonly retry: string }>>)[code]
  return entry?.retry !== 'never'
}

/** A refusal as people read it, where it happened: what, what to do about it, and a way to try again. */
export function ErrorNotice({ problem, onRetry }: Props) {
  const { t } = useTranslation('errors')
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={16} className={classes.icon} aria-hidden="true" />
      <div className={`${classes.text} fm-selectable`}>
        <Text size="sm" fw={500}>
          {problem.message}
        </Text>
        {problem.remedy && (
          <Text size="sm" className={classes.remedy}>
            {problem.remedy}
          </Text>
        )}
        {onRetry && canRetry(problem.code) && (
          <Group mt={6}>
            <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
              {t('retry')}
            </Button>
          </Group>
        )}
      </div>
    </div>
  )
}
