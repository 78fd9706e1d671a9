import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from './key-list.module.css'

/** What the pointer does on the canvas; key caps in front of what the hand does. */
const mouseGestures = [
  'wheel',
  'middle-drag',
  'fit',
  'area',
  'select-more',
  'menu',
  'hold',
  'bordering',
  'freehand',
  'take-back',
  'finish',
  'draw-again',
  'add-point',
  'delete-point',
  'redraw',
] as const

interface Gesture {
  readonly id: string
  readonly title: string
  readonly hand: string
}

/** The gestures that a search finds; all of them without one. */
export function useMouseGestures(query: string): readonly Gesture[] {
  const { t } = useTranslation('settings')
  const wanted = query.trim().toLowerCase()
  return mouseGestures
    .map((id) => ({ id, title: t(`mouse.${id}.title`), hand: t(`mouse.${id}.hand`) }))
    .filter(({ title, hand }) => `${title} ${hand}`.toLowerCase().includes(wanted))
}

/** The pointer's part of the key sheet. CVAT's table has these beside the keys. */
export function MouseList({ gestures }: { gestures: readonly Gesture[] }) {
  const { t } = useTranslation('settings')
  return (
    <section className={classes.group}>
      <h3>{t('mouseTitle')}</h3>
      <dl>
        {gestures.map(({ id, title, hand }) => (
          <div key={id} className={classes.row}>
            <dt>{title}</dt>
            <dd>
              <Keys caps={hand.split(' + ')} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
