import { Button, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench } from '../bench/context.ts'
import type { LayerSummary } from './prediction-layer.ts'
import classes from './predictions.module.css'
import { BAR_STEP, countsAt } from './rows.ts'
import { useLayer } from './use-layer.ts'

/** The scores of the whole task: how many lie where, and a bar above which all are accepted, or below which all are rejected. */
export function ScoreBar({ summary }: { summary: LayerSummary }) {
  const { t } = useTranslation('predictions')
  const { predictions } = useBench()
  const bar = useLayer((state) => state.bar)
  const { open, frames, byScore, withoutScore } = summary
  const { above, below } = countsAt(byScore, bar)
  return (
    <section className={classes.scores} aria-label={t('wholeTask')}>
      <p className={classes.total}>
        <strong>{t('open', { count: open, formatted: formatNumber(open) })}</strong>{' '}
        {t('onFrames', { count: frames, formatted: formatNumber(frames) })}
      </p>
      {above + below > 0 && (
        <>
          <div className={classes.chart}>
            <Bars byScore={byScore} bar={bar} />
            <span />
            <Slider
              size={3}
              min={0}
              max={1}
              step={BAR_STEP}
              label={null}
              thumbLabel={t('bar')}
              value={bar}
              onChange={(value) => predictions.state.setState({ bar: Number(value.toFixed(2)) })}
            />
            <output>{bar.toFixed(2)}</output>
          </div>
          <div className={classes.bulk}>
            <Button
              variant="default"
              disabled={below === 0}
              onClick={() => runAction('predictions.reject-below')}
            >
              {t('rejectBelow', { count: below, formatted: formatNumber(below) })}
            </Button>
            <Button disabled={above === 0} onClick={() => runAction('predictions.accept-above')}>
              {t('acceptAbove', { count: above, formatted: formatNumber(above) })}
            </Button>
          </div>
        </>
      )}
      {withoutScore > 0 && (
        <p className={classes.quiet}>
          {t('withoutScore', { count: withoutScore, formatted: formatNumber(withoutScore) })}
        </p>
      )}
    </section>
  )
}

/** Twenty bars, the highest as high as there is room, by their square roots: a few are seen beside very many. */
function Bars({ byScore, bar }: { byScore: readonly number[]; bar: number }) {
  const highest = Math.max(1, ...byScore)
  const first = Math.round(bar * byScore.length)
  return (
    <div className={classes.bars} aria-hidden="true">
      {byScore.map((count, at) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={at}
          data-above={at >= first && count > 0}
          style={{
            blockSize: count === 0 ? 1 : `${Math.max(6, 100 * Math.sqrt(count / highest))}%`,
          }}
        />
      ))}
    </div>
  )
}
