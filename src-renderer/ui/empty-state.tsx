import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly icon?: ReactNode
  readonly title: string
  /** What to do about the emptiness, in one sentence. */
  readonly hint: string
  readonly children?: ReactNode
}

/** Nothing here yet: says what would be here and what to do. */
export function EmptyState({ icon, title, hint, children }: Props) {
  return (
    <Stack align="center" justify="center" gap={6} py={56} px="lg">
      {icon && <div style={{ color: 'var(--fm-text-3)', lineHeight: 0 }}>{icon}</div>}
      <Title order={3} mt={6}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" ta="center" maw={420}>
        {hint}
      </Text>
      {children && <div style={{ marginTop: 10, display: 'flex', gap: 8 }}>{children}</div>}
    </Stack>
  )
}
