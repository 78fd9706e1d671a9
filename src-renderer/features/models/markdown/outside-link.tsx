import { Anchor } from '@mantine/core'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { desktopShell } from '#renderer/state/shell.ts'
import { notifyDone } from '#renderer/ui/notify.tsx'

/** A page of the web. The desktop shell opens no such thing: there the address is copied, for a browser. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  if (!desktopShell())
    return (
      <Anchor href={href} target="_blank" rel="noreferrer" inherit>
        {children}
      </Anchor>
    )
  const copy = async () => {
    await navigator.clipboard.writeText(href)
    notifyDone(i18next.t('common:copied'), href)
  }
  return (
    <Anchor component="button" type="button" inherit title={href} onClick={() => void copy()}>
      {children}
    </Anchor>
  )
}
