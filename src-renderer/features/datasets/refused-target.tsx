import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'

interface Props {
  readonly error: Error
  /** The same once more, and what is there may go. */
  readonly onReplace: () => void
}

/** Why a file could not be begun. One that is there already is replaced when a person says so, and never without. */
export function RefusedTarget({ error, onReplace }: Props) {
  const { t } = useTranslation('datasets')
  const problem = problemOf(error)
  return (
    <>
      <ErrorNotice problem={problem} />
      {problem.code === 'EXPORT_EXISTS' && (
        <Group>
          <Button variant="default" color="red" onClick={onReplace}>
            {t('replaceFile')}
          </Button>
        </Group>
      )}
    </>
  )
}
