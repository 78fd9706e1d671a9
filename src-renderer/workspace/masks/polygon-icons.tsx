import { createReactComponent, type IconNode } from '@tabler/icons-react'

/** A polygon with room for a sign in its corner, in the manner of the other icons. */
const outline: IconNode[number] = [
  'path',
  { d: 'M13 19h-5l-4.5 -8l7.5 -7l9 4.5v2.5', key: 'outline' },
]
const upright: IconNode[number] = ['path', { d: 'M19 16v6', key: 'upright' }]
const level: IconNode[number] = ['path', { d: 'M16 19h6', key: 'level' }]

export const PolygonPlusIcon = createReactComponent('outline', 'polygon-plus', 'PolygonPlus', [
  outline,
  upright,
  level,
])

export const PolygonMinusIcon = createReactComponent('outline', 'polygon-minus', 'PolygonMinus', [
  outline,
  level,
])
