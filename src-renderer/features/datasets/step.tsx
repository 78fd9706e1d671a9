import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  /** Another value is another step. */
  readonly of: string
  /** Kept, with all that was put in, while another step is shown. */
  readonly hidden?: boolean
  readonly children: ReactNode
}

/** One step of a dialog. When its turn comes, the keyboard goes to its main control, as when a dialog opens. */
export function Step({ of, hidden = false, children }: Props) {
  const here = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another turn
  useEffect(() => {
    if (!hidden && isFocusLost())
      here.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [of, hidden])
  return (
    <div ref={here} hidden={hidden}>
      {children}
    </div>
  )
}

/** What had the focus is gone or hidden: nobody took it elsewhere on purpose. */
function isFocusLost(): boolean {
  const { activeElement, body } = document
  return (
    activeElement === null || activeElement === body || activeElement.closest('[hidden]') !== null
  )
}
