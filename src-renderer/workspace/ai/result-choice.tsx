import { IconBrush, IconPolygon, IconRectangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type ResultType, resultTypes } from '#renderer/state/ai-settings.ts'
import { setAi, useAi } from '#renderer/state/known-functions.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Label } from '#shared/domain/label.ts'
import classes from './ai.module.css'
import { resultTypeOf } from './interaction.ts'

const icons = { polygon: IconPolygon, mask: IconBrush, rectangle: IconRectangle } as const

interface Props {
  /** What it is for; null while there is no label. */
  readonly label: Label | null
  /** Not only the glyphs. */
  readonly withNames?: boolean
}

/** Polygon, mask or box. A label of one type has chosen already. */
export function ResultChoice({ label, withNames = false }: Props) {
  const { t } = useTranslation('ai')
  const wished = useAi(({ result }) => result)
  const value: ResultType = (label && resultTypeOf(label, wished)) || wished
  const isFree = !label || label.type === 'any'
  return (
    <Segmented
      label={t('result')}
      value={value}
      onChange={(result) => isFree && setAi({ result })}
      data={resultTypes.map((type) => {
        const Glyph = icons[type]
        return {
          value: type,
          title: t(`result-${type}`),
          label: (
            <span className={classes.swatch}>
              <Glyph size={15} stroke={1.5} aria-hidden="true" />
              {withNames && t(`shape-${type}`)}
            </span>
          ),
        }
      })}
    />
  )
}
