import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Mark } from '#renderer/ui/mark.tsx'

/** What a person sees when a screen threw: that the work is safe, what to do, and the details to send. */
export function CrashPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation('errors')
  return (
    <Stack h="100%" align="center" justify="center" gap="md" p="xl" role="alert">
      <Mark size={36} />
      <Title order={2}>{t('unexpected')}</Title>
      <Text c="dimmed" maw={460} ta="center">
        {t('unexpectedRemedy')}
      </Text>
      <Group>
        <Button onClick={onRetry}>{t('retry')}</Button>
        <Button variant="default" onClick={() => window.location.assign('/')}>
          {t('goHome')}
        </Button>
      </Group>
      <Code block maw={640} mah={180} style={{ overflow: 'auto' }}>
        {error.stack ?? error.message}
      </Code>
    </Stack>
  )
}
