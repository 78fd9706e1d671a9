import { Button, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'

export function NotFoundPage() {
  const { t } = useTranslation('common')
  return (
    <Stack h="100%" align="center" justify="center" gap="xs">
      <Title order={2}>{t('notFound')}</Title>
      <Text c="dimmed">{t('notFoundHint')}</Text>
      <Button mt="sm" component={Link} href="/">
        {t('goStart')}
      </Button>
    </Stack>
  )
}
