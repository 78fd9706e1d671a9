import { type ComponentType, lazy } from 'react'

/** `lazy` for named exports: `lazyNamed(() => import('./x.tsx'), 'Page')`. Each becomes its own chunk. */
export function lazyNamed<K extends string, P>(
  load: () => Promise<Record<K, ComponentType<P>>>,
  name: K,
) {
  return lazy(async () => ({ default: (await load())[name] }))
}
