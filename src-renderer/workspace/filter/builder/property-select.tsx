import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnotationField } from '#shared/filter/fields.ts'
import type { Property } from '#shared/filter/filter.ts'
import classes from '../filter.module.css'
import { useBuilder } from './context.ts'
import { isSame, type PropertyGroup, propertyGroups } from './properties.ts'

interface Props {
  readonly label: string
  readonly value: Property | null
  readonly onChange: (property: Property) => void
  readonly width?: number
  /** Left out: every property there is. */
  readonly among?: readonly Property[]
}

/** Properties by name, in groups. One that this task does not have (of a filter made elsewhere) is shown all the same. */
export function PropertySelect({ label, value, onChange, width, among }: Props) {
  const { t } = useTranslation('filter')
  const { labels } = useBuilder()
  const groups = useMemo(
    () => offered(propertyGroups(labels), among, value),
    [labels, among, value],
  )
  const nameOf = (property: Property) =>
    'field' in property ? t(`field-${property.field as AnnotationField}`) : property.attribute
  const title = ({ of }: PropertyGroup) =>
    of.kind === 'label' ? of.name : t(of.kind === 'object' ? 'groupObject' : 'groupAttributes')
  return (
    <Select
      aria-label={label}
      {...(width === undefined ? { className: classes.fill ?? '' } : { w: width })}
      searchable
      allowDeselect={false}
      maxDropdownHeight={340}
      value={value && keyOf(value)}
      onChange={(key) => key && onChange(JSON.parse(key) as Property)}
      data={groups.map((group) => ({
        group: title(group),
        items: group.properties.map((property) => ({
          value: keyOf(property),
          label: nameOf(property),
        })),
      }))}
    />
  )
}

const keyOf = (property: Property): string => JSON.stringify(property)

function offered(
  groups: readonly PropertyGroup[],
  among: readonly Property[] | undefined,
  value: Property | null,
): PropertyGroup[] {
  const isOffered = (property: Property) => !among || among.some((one) => isSame(one, property))
  const known = groups
    .map((group) => ({ ...group, properties: group.properties.filter(isOffered) }))
    .filter(({ properties }) => properties.length > 0)
  const isKnown = known.some(({ properties }) =>
    properties.some((one) => value && isSame(one, value)),
  )
  if (!value || isKnown || 'field' in value) return known
  const of =
    value.label === null
      ? { kind: 'attributes' as const }
      : { kind: 'label' as const, name: value.label }
  return [...known, { of, properties: [value] }]
}
