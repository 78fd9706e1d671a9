import { Slider, Tooltip } from '@mantine/core'
import { useParameterTitle } from '#renderer/features/functions/parameter-fields.tsx'
import { parametersOf, setParameter, useAi } from '#renderer/state/known-functions.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import classes from './ai.module.css'

/** What most changes the outcome, within reach of the object: its first number; the others are in the card. */
export function StripParameter({ info }: { info: FunctionInfo }) {
  useAi(({ parameters }) => parameters[info.id])
  const number = info.parameters.find((one) => one.type === 'number')
  const title = useParameterTitle(number?.name ?? '')
  if (!number) return null
  const { name, help, min, max, step } = number
  const value = Number(parametersOf(info)[name])
  return (
    <span className={classes.stripParameter}>
      <Tooltip label={help} disabled={help === ''} multiline maw={280} position="bottom">
        <span>{title}</span>
      </Tooltip>
      <Slider
        size={3}
        label={null}
        thumbLabel={title}
        {...{ min, max, step, value }}
        onChange={(next) => setParameter(info.id, name, next)}
      />
      <output>{Number(value.toFixed(3))}</output>
    </span>
  )
}
