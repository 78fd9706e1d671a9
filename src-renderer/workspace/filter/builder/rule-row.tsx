import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Operator, Property } from '#shared/filter/filter.ts'
import classes from '../filter.module.css'
import { useBuilder } from './context.ts'
import { Grip } from './grip.tsx'
import { DeleteButton } from './group-card.tsx'
import { operatorsFor, withOperator, withProperty } from './properties.ts'
import { PropertySelect } from './property-select.tsx'
import { type RuleNode, ruleOf, update } from './tree.ts'
import { Operands } from './value-editor.tsx'

/** One rule: what, how, and with what it is compared. */
export function RuleRow({ rule }: { rule: RuleNode }) {
  const { t } = useTranslation('filter')
  const { change, labels, dragged } = useBuilder()
  const set = (how: (rule: RuleNode) => RuleNode) =>
    change((tree) => update<RuleNode>(tree, rule.id, how))
  const isFinished = ruleOf(rule) !== null
  return (
    <div
      className={classes.rule}
      data-node={rule.id}
      data-dragged={dragged === rule.id}
      data-unfinished={!isFinished}
      {...(isFinished ? {} : { title: t('unfinished') })}
    >
      <Grip id={rule.id} kind="rule" />
      <PropertySelect
        label={t('property')}
        width={168}
        value={rule.property}
        onChange={(property: Property) => set((node) => withProperty(node, property, labels))}
      />
      <Select
        aria-label={t('operator')}
        w={146}
        allowDeselect={false}
        value={rule.operator}
        onChange={(operator) =>
          operator && set((node) => withOperator(node, operator as Operator, labels))
        }
        data={operatorsFor(rule.property).map((operator) => ({
          value: operator,
          label: t(`operator-${operator}`),
        }))}
      />
      <Operands rule={rule} onChange={(operands) => set((node) => ({ ...node, operands }))} />
      <DeleteButton id={rule.id} title={t('deleteRule')} />
    </div>
  )
}
