import {
  ActionIcon,
  MultiSelect,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconForms, IconVariable } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { Value } from '#shared/filter/filter.ts'
import classes from '../filter.module.css'
import { useBuilder } from './context.ts'
import { choicesOf, comparableWith, isList, isPart, kindOf, wantsNumber } from './properties.ts'
import { PropertySelect } from './property-select.tsx'
import type { RuleNode } from './tree.ts'

interface Props {
  readonly rule: RuleNode
  readonly onChange: (operands: RuleNode['operands']) => void
}

/** What the property is compared with: one value, two ends, a list, or nothing. */
export function Operands({ rule, onChange }: Props) {
  const { t } = useTranslation('filter')
  const { operator, operands } = rule
  if (operator === 'is empty' || operator === 'is not empty')
    return <span className={classes.grow} />
  if (isList(operator)) return <ListEditor rule={rule} onChange={onChange} />
  const set = (index: number) => (value: Value | null) =>
    onChange(operands.map((operand, at) => (at === index ? value : operand)))
  const names = operands.length === 2 ? [t('from'), t('to')] : [t('value')]
  return (
    <span className={classes.operands}>
      {operands.map((operand, at) => (
        <OneEditor
          key={names[at]}
          rule={rule}
          label={names[at] ?? ''}
          value={operand}
          onChange={set(at)}
        />
      ))}
    </span>
  )
}

interface OneProps {
  readonly rule: RuleNode
  readonly label: string
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
}

function OneEditor(props: OneProps) {
  const { t } = useTranslation('filter')
  const { rule, label, value, onChange } = props
  const { labels } = useBuilder()
  const fields = comparableWith(rule.property, rule.operator, labels)
  const isField = typeof value === 'object' && value !== null
  return (
    <span className={classes.one}>
      {isField ? (
        <PropertySelect label={label} value={value} among={fields} onChange={onChange} />
      ) : (
        <ValueEditor {...props} />
      )}
      {fields.length > 0 && (
        <Tooltip label={t(isField ? 'asValue' : 'asField')}>
          <ActionIcon
            size={26}
            aria-label={t(isField ? 'asValue' : 'asField')}
            aria-pressed={isField}
            onClick={() => onChange(isField ? null : (fields[0] ?? null))}
          >
            {isField ? <IconForms size={15} /> : <IconVariable size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  )
}

function ValueEditor({ rule, label, value, onChange }: OneProps): ReactNode {
  const { t } = useTranslation('filter')
  const { labels } = useBuilder()
  const { property, operator } = rule
  const choices = isPart(operator) ? null : choicesOf(property, labels)
  if (kindOf(property) === 'truth')
    return (
      <Segmented
        label={label}
        value={value === false ? 'false' : 'true'}
        onChange={(picked) => onChange(picked === 'true')}
        data={[
          { value: 'true', label: t('true') },
          { value: 'false', label: t('false') },
        ]}
      />
    )
  if (wantsNumber(property, operator, labels))
    return (
      <NumberInput
        aria-label={label}
        className={classes.fill ?? ''}
        value={typeof value === 'number' ? value : ''}
        onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)}
      />
    )
  if (choices)
    return (
      <Select
        aria-label={label}
        className={classes.fill ?? ''}
        searchable
        allowDeselect={false}
        value={value === null ? null : String(value)}
        onChange={(picked) => picked !== null && onChange(picked)}
        data={withStranger(choices, value === null ? [] : [String(value)])}
      />
    )
  return (
    <TextInput
      aria-label={label}
      className={classes.fill ?? ''}
      value={value === null ? '' : String(value)}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)
      }
    />
  )
}

function ListEditor({ rule, onChange }: Props) {
  const { t } = useTranslation('filter')
  const { labels } = useBuilder()
  const choices = choicesOf(rule.property, labels)
  const texts = rule.operands.map(String)
  if (choices)
    return (
      <MultiSelect
        aria-label={t('values')}
        className={classes.fill ?? ''}
        size="xs"
        searchable
        hidePickedOptions
        value={texts}
        onChange={onChange}
        data={withStranger(choices, texts)}
      />
    )
  const isNumber = wantsNumber(rule.property, rule.operator, labels)
  return (
    <TagsInput
      aria-label={t('values')}
      className={classes.fill ?? ''}
      size="xs"
      placeholder={texts.length === 0 ? t('pickValues') : ''}
      value={texts}
      onChange={(typed) => onChange(isNumber ? typed.map(Number).filter(Number.isFinite) : typed)}
    />
  )
}

/** A value this task does not know, of a filter made elsewhere, is offered as well: else it could not be seen. */
function withStranger(choices: readonly string[], values: readonly string[]): string[] {
  return [...new Set([...choices, ...values])]
}
