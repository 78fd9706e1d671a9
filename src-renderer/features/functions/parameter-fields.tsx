import { Checkbox, Select, Slider, Tooltip } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo, FunctionParameter, ParameterValues } from '#shared/domain/function.ts'
import classes from './functions.module.css'

/** With more than this, only the threshold is seen at once. */
const FEW = 2

interface FieldsProps {
  readonly info: FunctionInfo
  readonly values: ParameterValues
  readonly onChange: (name: string, value: number | boolean | string) => void
}

/** What may be set of a function before it runs. */
export function ParameterFields({ info, values, onChange }: FieldsProps) {
  const { t } = useTranslation('ai')
  const [isOpen, setOpen] = useState(false)
  const isMany = info.parameters.length > FEW
  const shown = info.parameters.filter((one) => !isMany || isOpen || one.name === 'threshold')
  return (
    <>
      {shown.map((one) => (
        <Parameter
          key={one.name}
          parameter={one}
          value={values[one.name] ?? one.defaultValue}
          onChange={(value) => onChange(one.name, value)}
        />
      ))}
      {isMany && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={13} />
          {t('moreParameters')}
        </button>
      )}
    </>
  )
}

interface Props {
  readonly parameter: FunctionParameter
  readonly value: number | boolean | string
  readonly onChange: (value: number | boolean | string) => void
}

function Parameter({ parameter, value, onChange }: Props) {
  const { name, help } = parameter
  const title = useParameterTitle(name)
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

/** Of functions that ship, and of what most detectors have. */
const known = ['tolerance', 'connected', 'rounds', 'iou', 'maxDetections', 'agnostic'] as const

/** What a parameter is called in the person's language; those nobody here knows are as their function has them. */
export function useParameterTitle(name: string): string {
  const { t } = useTranslation('ai')
  if (name === 'threshold') return t('threshold')
  const one = known.find((key) => key === name)
  return one ? t(`parameter-${one}`) : readable(name)
}

/** `nms_threshold` and `maskThreshold` as people write them. */
function readable(name: string): string {
  const apart = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  const words = apart.trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
