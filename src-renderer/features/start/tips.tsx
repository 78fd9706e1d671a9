import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import classes from './start-page.module.css'

/** The five keys worth knowing on the first day. */
export function Tips() {
  const { t } = useTranslation('start')
  const tips = [
    { keys: ['N'], text: t('tipDraw') },
    { keys: ['D', 'F'], text: t('tipStep') },
    { keys: ['Ctrl+Z'], text: t('tipUndo') },
    { keys: ['Ctrl+K'], text: t('tipPalette') },
    { keys: ['F1'], text: t('tipKeys') },
  ]
  return (
    <section className={classes.tips} aria-label={t('tips')}>
      {tips.map(({ keys, text }) => (
        <span key={text} className={classes.tip}>
          {keys.map((key) => (
            <Keys key={key} caps={keyCaps(key)} />
          ))}
          {text}
        </span>
      ))}
    </section>
  )
}
