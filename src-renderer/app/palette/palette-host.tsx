import { Suspense, useEffect, useState } from 'react'
import { lazyNamed } from '../lazy.ts'
import { usePalette } from './store.ts'

const Palette = lazyNamed(() => import('./palette.tsx'), 'Palette')

/** Loads the palette when it is first asked for. */
export function PaletteHost() {
  const opened = usePalette((s) => s.opened)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (opened) setWanted(true)
  }, [opened])
  if (!wanted) return null
  return (
    <Suspense>
      <Palette />
    </Suspense>
  )
}
