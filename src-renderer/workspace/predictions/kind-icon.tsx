import {
  IconLayersIntersect2,
  IconSquareDashed,
  IconSquarePlus,
  IconTags,
} from '@tabler/icons-react'
import type { DifferenceKind } from './differences.ts'

const icons = {
  missed: IconSquareDashed,
  extra: IconSquarePlus,
  'low-overlap': IconLayersIntersect2,
  'other-label': IconTags,
} as const

export function KindIcon({ kind }: { kind: DifferenceKind }) {
  const Glyph = icons[kind]
  return <Glyph size={15} stroke={1.5} aria-hidden="true" />
}
