import type { ReactNode } from 'react'

export function Frame({ children }: { children: ReactNode }) {
  return <div style={{ height: '100%' }}>{children}</div>
}
