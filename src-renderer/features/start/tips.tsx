import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { keyInForce } from '#renderer/state/key-in-force.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from './start-page.module.css'

/** The five keys worth knowing on the first day: ids, with the keys they have of their own. */
const tips = [
  { text: 'tipDraw', actions: [['modes.draw-again', 'N']] },
  {
    text: 'tipStep',
    actions: [
      ['player.previous', 'D'],
      ['player.next', 'F'],
    ],
  },
  { text: 'tipUndo', actions: [['general.undo', 'Ctrl+Z']] },
  { text: 'tipPalette', actions: [['app.palette', 'Ctrl+K']] },
  { text: 'tipKeys', actions: [['app.keys', 'F1']] },
] as const

export function Tips() {
  const { t } = useTranslation('start')
  useSettings((s) => s.keys)
  useSettings((s) => s.keyPreset)
  return (
    <section className={classes.tips} aria-label={t('tips')}>
      {tips.map(({ actions, text }) => (
        <span key={text} className={classes.tip}>
          {actions
            .flatMap(([id, own]) => keyInForce(id, own) ?? [])
            .map((key) => (
              <Keys key={key} caps={keyCaps(key)} />
            ))}
          {t(text)}
        </span>
      ))}
    </section>
  )
}
