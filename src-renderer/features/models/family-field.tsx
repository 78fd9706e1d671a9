import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '#renderer/state/queries.ts'
import { functionKinds } from '#shared/domain/function.ts'
import type { ModelProposal } from '#shared/domain/model.ts'

interface Props {
  readonly proposal: ModelProposal
  readonly onChoose: (family: string) => void
}

/** What kind of network it is: those it looks like first, then all there are, its own kind before others. */
export function FamilyField({ proposal: { families, missing, manifest }, onChoose }: Props) {
  const { t } = useTranslation('models')
  const { data: all = [] } = useQuery(orpc.models.families.queryOptions())
  const likely = new Set(families.map(({ id }) => id))
  const kinds = functionKinds.toSorted(
    (a, b) => Number(b === manifest.kind) - Number(a === manifest.kind),
  )
  const groups = [
    {
      group: t('looksLike'),
      items: families.map(({ id, name, certainty }) => ({
        value: id,
        label: certainty < 1 ? `${name} · ${Math.round(certainty * 100)} %` : name,
      })),
    },
    ...kinds.map((kind) => ({
      group: t(`kind-${kind}`),
      items: all
        .filter((one) => one.kind === kind && !likely.has(one.id))
        .map(({ id, name }) => ({ value: id, label: name })),
    })),
  ]
  return (
    <Select
      label={t('whichFamily')}
      description={t('whichFamilyHint')}
      placeholder={t('chooseFamily')}
      allowDeselect={false}
      searchable
      maxDropdownHeight={320}
      value={missing.includes('family') ? null : manifest.family}
      data={groups.filter(({ items }) => items.length > 0)}
      onChange={(family) => family !== null && onChoose(family)}
    />
  )
}
