import { Checkbox, Select, Slider, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo, FunctionParameter } from '#shared/domain/function.ts'
import classes from './ai.module.css'
import { parametersOf, setParameter, useAi } from './known-functions.ts'

/** What may be set of a function before it runs; remembered by function. */
export function ParameterFields({ info }: { info: FunctionInfo }) {
  useAi(({ parameters }) => parameters[info.id])
  const values = parametersOf(info)
  return info.parameters.map((one) => (
    <Parameter
      key={one.name}
      parameter={one}
      value={values[one.name] ?? one.defaultValue}
      onChange={(value) => setParameter(info.id, one.name, value)}
    />
  ))
}

interface Props {
  readonly parameter: FunctionParameter
  readonly value: number | boolean | string
  readonly onChange: (value: number | boolean | string) => void
}

function Parameter({ parameter, value, onChange }: Props) {
  const { t } = useTranslation('ai')
  const { name, help } = parameter
  const title = name === 'threshold' ? t('threshold') : readable(name)
  if (parameter.type === 'boolean')
    return (
      <Tooltip label={help} disabled={help === ''} multiline maw={280} position="right">
        <Checkbox
          label={title}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </Tooltip>
    )
  return (
    <div className={classes.slider}>
      <Tooltip label={help} disabled={help === ''} multiline maw={280} position="right">
        <span>{title}</span>
      </Tooltip>
      {parameter.type === 'choice' ? (
        <Select
          className={classes.wide ?? ''}
          aria-label={title}
          data={parameter.choices}
          value={String(value)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(chosen) => chosen !== null && onChange(chosen)}
        />
      ) : (
        <>
          <Slider
            size={3}
            label={null}
            thumbLabel={title}
            min={parameter.min}
            max={parameter.max}
            step={parameter.step}
            value={Number(value)}
            onChange={onChange}
          />
          <output>{Number(Number(value).toFixed(3))}</output>
        </>
      )}
    </div>
  )
}

/** `nms_threshold` as people write it. */
function readable(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
