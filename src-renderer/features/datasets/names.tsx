import { List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import classes from './datasets.module.css'

interface Props {
  readonly title: string
  readonly names: readonly string[]
  readonly more?: number
}

/** A list of names, scrolled where it is long. */
export function Names({ title, names, more = 0 }: Props) {
  const { t } = useTranslation('datasets')
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {title}
      </Text>
      <List size="sm" className={`${classes.names} fm-selectable`} tabIndex={0} aria-label={title}>
        {names.map((name) => (
          <List.Item key={name}>{name}</List.Item>
        ))}
      </List>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {t('unmatchedMore', { formatted: formatNumber(more) })}
        </Text>
      )}
    </div>
  )
}
