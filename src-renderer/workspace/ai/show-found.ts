import type { Mark } from '#renderer/canvas/tools/tool-state.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { marksOf } from './found.ts'
import type { Interaction } from './interaction.ts'
import { currentForms } from './keep-found.ts'

/** Paints what was found, and what would be, under the clicks: in the label's colour, as what it is to become. */
export function showFound(bench: Bench): readonly (() => void)[] {
  let shown: { asker: Interaction['asker']; stop: () => void } | null = null
  const show = () => {
    const { interaction } = bench.ui.getState()
    if (interaction) interaction.session.found = foundMarks(bench, interaction)
  }
  const follow = () => {
    const { interaction } = bench.ui.getState()
    if (interaction?.asker === shown?.asker) return
    shown?.stop()
    shown = interaction && {
      asker: interaction.asker,
      stop: interaction.asker.status.subscribe((now, before) => {
        if (now.found !== before.found || now.guess !== before.guess) show()
      }),
    }
  }
  return [
    bench.ui.subscribe((now, before) => {
      if (now.interaction === before.interaction && now.labelsById === before.labelsById) return
      follow()
      show()
    }),
    useSettings.subscribe((now, before) => {
      if (now.ai !== before.ai) show()
    }),
    () => shown?.stop(),
  ]
}

function foundMarks(bench: Bench, now: Interaction): Mark[] {
  const { found, guess } = now.asker.status.getState()
  const color = bench.ui.getState().labelsById.get(now.labelId)?.color ?? '#ffffff'
  const marks: Mark[] = []
  const region = now.region()
  if (region) marks.push(regionMark(region))
  if (found) marks.push(...marksOf(currentForms(bench, now, found), color, false))
  else if (guess?.mask)
    marks.push({ kind: 'found', type: 'mask', points: guess.mask, color, faint: true })
  return marks
}

const regionMark = ({ x1, y1, x2, y2 }: NonNullable<ReturnType<Interaction['region']>>): Mark => ({
  kind: 'path',
  points: [x1, y1, x2, y1, x2, y2, x1, y2],
  closed: true,
  color: '#ffffff',
  dashed: true,
  width: 1,
})
