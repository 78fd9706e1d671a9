import { IconBrush, IconPolygon, IconRectangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type ResultType, resultTypes } from '#renderer/state/ai-settings.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Label } from '#shared/domain/label.ts'
import classes from './ai.module.css'
import { resultTypeOf } from './interaction.ts'
import { setAi, useAi } from './known-functions.ts'

const icons = { polygon: IconPolygon, mask: IconBrush, rectangle: IconRectangle } as const

/** Polygon, mask or box. A label of one type has chosen already. */
export function ResultChoice({ label, fixed }: { label: Label | null; fixed?: ResultType }) {
  const { t } = useTranslation('ai')
  const wished = useAi(({ result }) => result)
  const value = fixed ?? ((label && resultTypeOf(label, wished)) || wished)
  const isFree = !fixed && (!label || label.type === 'any')
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
            </span>
          ),
        }
      })}
    />
  )
}
