import { Button, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { formatPercent } from '#renderer/ui/format.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { Difference } from '#shared/domain/prediction.ts'
import { annotationsOf } from '../bench/bench.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { useKeys } from '../parts/action-text.ts'
import { keyOf } from './differences.ts'
import { KindIcon } from './kind-icon.tsx'
import classes from './predictions.module.css'
import { canResolve, type Resolution, resolutionsOf } from './resolve.ts'
import { useLayer, useQueue } from './use-layer.ts'

/** The difference in hand: what it is, and what can be done about it. Always in the same place, so that the hand can stay. */
export function DifferenceCard() {
  const { t } = useTranslation('predictions')
  const current = useQueue(({ current: key, entries }) =>
    key === null ? undefined : entries.find((one) => keyOf(one) === key),
  )
  if (!current) return <WalkHint />
  const [first, second] = resolutionsOf(current)
  return (
    <section className={classes.card} aria-label={t('inHand')}>
      <div className={classes.sentence}>
        <KindIcon kind={current.kind} />
        <Sentence difference={current} />
        <SkipButton />
      </div>
      <div className={classes.cardButtons}>
        <ResolutionButton difference={current} how={first} action="predictions.accept" isFirst />
        <ResolutionButton difference={current} how={second} action="predictions.reject" />
      </div>
    </section>
  )
}

function WalkHint() {
  const { t } = useTranslation('predictions')
  const isEmpty = useQueue(({ entries }) => entries.length === 0)
  const [next = ''] = useKeys('predictions.next')
  const [previous = ''] = useKeys('predictions.previous')
  if (isEmpty) return null
  const words = { next: keyCaps(next).join('+'), previous: keyCaps(previous).join('+') }
  return <p className={classes.hint}>{t('walkHint', words)}</p>
}

/** What disagrees, in words. */
function Sentence({ difference }: { difference: Difference }) {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const { kind, labelId, annotationId, iou, score } = difference
  const labelsById = useUi((state) => state.labelsById)
  useDocument((state) => state.annotations)
  const [drawn] = annotationId === null ? [] : annotationsOf(bench, [annotationId])
  const name = labelsById.get(labelId)?.name ?? ''
  const other = drawn ? (labelsById.get(drawn.labelId)?.name ?? '') : '…'
  const text = t(`told-${kind}`, { name, other, percent: formatPercent(iou ?? 0) })
  return (
    <span>
      {text} {score !== null && <small>{t('score', { score: score.toFixed(2) })}</small>}
    </span>
  )
}

interface Props {
  readonly difference: Difference
  readonly how: Resolution
  /** The one whose keys these are. */
  readonly action: string
  readonly isFirst?: boolean
}

function ResolutionButton({ difference, how, action, isFirst = false }: Props) {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  // Whether it can be done depends on what is on screen.
  useDocument((state) => state.annotations)
  useLayer((state) => state.here)
  const [key] = useKeys(action)
  const isPair = difference.kind === 'low-overlap' || difference.kind === 'other-label'
  return (
    <Tooltip label={t(`resolutionHint-${how}`)} multiline maw={260}>
      <Button
        variant={isFirst ? 'filled' : 'default'}
        disabled={!canResolve(bench, difference, how)}
        rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => runAction(action)}
      >
        {t(how === 'keep' && isPair ? 'resolution-keepMine' : `resolution-${how}`)}
      </Button>
    </Tooltip>
  )
}

function SkipButton() {
  const { t } = useTranslation('predictions')
  const [key] = useKeys('predictions.next')
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => runAction('predictions.next')}
    >
      {t('skip')}
    </Button>
  )
}
