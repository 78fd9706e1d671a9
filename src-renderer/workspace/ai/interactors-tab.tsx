import { Button, Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { inForce, isOpenCv, setAi, useAi, useFunctions } from '#renderer/state/known-functions.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench, useUi } from '../bench/context.ts'
import { useKeys } from '../parts/action-text.ts'
import { FunctionChoice } from './function-choice.tsx'
import { interactLabel, interactWith } from './interacting.ts'
import { resultTypeOf } from './interaction.ts'
import { LabelList } from './label-list.tsx'
import { NoFunction } from './no-function.tsx'
import { Parameters } from './parameters.tsx'
import { ResultChoice } from './result-choice.tsx'

/** Objects by pointing at them. @param of  which card it is in: models, or OpenCV's own */
export function InteractorsTab({ of, onBegin }: { of: 'models' | 'opencv'; onBegin: () => void }) {
  const known = useFunctions('interactor')
  const functions = known.functions.filter((one) => isOpenCv(one) === (of === 'opencv'))
  const remembered = useAi((ai) => (of === 'opencv' ? ai.openCvInteractor : ai.interactor))
  const chosen = inForce(functions, remembered)
  if (!chosen) return <NoFunction kind="interactor" known={known} />
  const choose = (id: string) =>
    setAi(of === 'opencv' ? { openCvInteractor: id } : { interactor: id })
  return <Chosen {...{ functions, chosen, choose, onBegin }} withLabels={of === 'models'} />
}

interface Props {
  readonly functions: readonly FunctionInfo[]
  readonly chosen: FunctionInfo
  readonly choose: (id: string) => void
  readonly onBegin: () => void
  /** The OpenCV card has its labels above everything. */
  readonly withLabels: boolean
}

function Chosen({ functions, chosen, choose, onBegin, withLabels }: Props) {
  const { t } = useTranslation('ai')
  const bench = useBench()
  useUi((state) => state.draw.labelId)
  const again = useUi((state) => state.draw.again)
  const result = useAi((ai) => ai.result)
  const [key] = useKeys('modes.interact')
  const label = interactLabel(bench)
  const fits = (one: Label) => resultTypeOf(one, result) !== null
  const setAgain = (value: boolean) =>
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, again: value } })
  return (
    <>
      {withLabels && <LabelList current={label} fits={fits} />}
      <FunctionChoice
        label={t('interactor')}
        functions={functions}
        chosen={chosen}
        onChoose={choose}
      />
      <Parameters info={chosen} />
      <ResultChoice label={label} withNames />
      {withLabels && (
        <Checkbox
          label={t('several')}
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
        />
      )}
      <Button
        variant={withLabels ? 'filled' : 'default'}
        disabled={chosen.state === 'failed'}
        rightSection={withLabels && key ? <Keys caps={keyCaps(key)} /> : null}
        onClick={() => {
          interactWith(bench, chosen)
          onBegin()
        }}
      >
        {t('interact')}
      </Button>
    </>
  )
}
