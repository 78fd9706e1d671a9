import { NumberInput, Slider, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatPercent } from '#renderer/ui/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { SettingRow } from './setting-row.tsx'

interface Named {
  readonly label: string
  readonly hint?: string
}

const text = ({ label, hint }: Named) => ({ label, ...(hint !== undefined && { hint }) })

interface SwitchProps extends Named {
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}

export function SwitchRow(props: SwitchProps) {
  return (
    <SettingRow {...text(props)}>
      {(id) => (
        <Switch
          id={id}
          checked={props.value}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
      )}
    </SettingRow>
  )
}

interface NumberProps extends Named {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
}

/** A number field says '' or half a number while it is being typed; only what is allowed is kept. */
export function NumberRow({ value, min, max, onChange, ...named }: NumberProps) {
  return (
    <SettingRow {...text(named)}>
      {(id) => (
        <NumberInput
          id={id}
          w={90}
          min={min}
          max={max}
          value={value}
          onChange={(typed) =>
            typeof typed === 'number' && typed >= min && typed <= max && onChange(typed)
          }
        />
      )}
    </SettingRow>
  )
}

interface ShareProps extends Named {
  /** 0 … 1 */
  readonly value: number
  readonly onChange: (value: number) => void
}

export function ShareRow({ value, onChange, ...named }: ShareProps) {
  return (
    <SettingRow {...text(named)}>
      {() => (
        <Slider
          w={180}
          size="sm"
          thumbLabel={named.label}
          label={(percent) => formatPercent(percent / 100)}
          value={Math.round(value * 100)}
          onChange={(percent) => onChange(percent / 100)}
        />
      )}
    </SettingRow>
  )
}

interface ChoiceProps<T extends string> extends Named {
  readonly value: T
  readonly data: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
}

export function ChoiceRow<T extends string>({ value, data, onChange, ...named }: ChoiceProps<T>) {
  return (
    <SettingRow {...text(named)}>
      {() => <Segmented label={named.label} value={value} onChange={onChange} data={data} />}
    </SettingRow>
  )
}
