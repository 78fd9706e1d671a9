import { Badge, Select, Table, Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import type { ImportPreview, PreviewLabel } from '#shared/domain/import-preview.ts'
import type { Label } from '#shared/domain/label.ts'
import classes from './datasets.module.css'
import { type Destination, destinationOf, type ImportWish, withDestination } from './import-wish.ts'

interface Props {
  readonly preview: ImportPreview
  readonly wish: ImportWish
  readonly labels: readonly Label[]
  readonly onChange: (wish: ImportWish) => void
}

/** A row with a picker, CSS pixels. */
const ROW = 39

/**
 * Every label of the file, how often it is used, and where it goes: to a label here, to a new one, or nowhere. Of a file
 * with hundreds of them, only the rows in sight are drawn.
 */
export function LabelMap({ preview, wish, labels, onChange }: Props) {
  const { t } = useTranslation('datasets')
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: preview.labels.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  if (preview.labels.length === 0) return null
  const shown = rows.getVirtualItems().flatMap(({ index, start, end }) => {
    const label = preview.labels[index]
    return label ? [{ label, index, start, end }] : []
  })
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} className={classes.labelMap}>
      <Table verticalSpacing={4} stickyHeader aria-rowcount={preview.labels.length + 1}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('mapInFile')}</Table.Th>
            <Table.Th ta="right">{t('mapObjects')}</Table.Th>
            <Table.Th w={250}>{t('mapHere')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Gap height={shown[0]?.start ?? 0} />
          {shown.map(({ label, index }) => (
            <Table.Tr
              key={`${label.parent ?? ''} ${label.name}`}
              ref={rows.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              data-joint={label.parent !== null}
            >
              <Table.Td className={classes.mapName ?? ''}>
                {label.name}
                <Attributes label={label} />
              </Table.Td>
              <Table.Td ta="right">{formatNumber(label.count)}</Table.Td>
              <Table.Td>
                {label.parent === null ? (
                  <DestinationPicker
                    label={label}
                    wish={wish}
                    labels={labels}
                    onChange={(to) => onChange(withDestination(wish, label.name, to))}
                  />
                ) : (
                  <Joint label={label} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
          <Gap height={below} />
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** The room of rows that are out of sight. */
function Gap({ height }: { height: number }) {
  return (
    height > 0 && (
      <tr className={classes.gap}>
        <td colSpan={3} style={{ height }} />
      </tr>
    )
  )
}

const NEW = 'new'
const NOWHERE = 'nowhere'
const HERE = 'here '

function DestinationPicker({
  label,
  wish,
  labels,
  onChange,
}: {
  label: PreviewLabel
  wish: ImportWish
  labels: readonly Label[]
  onChange: (to: Destination) => void
}) {
  const { t } = useTranslation('datasets')
  const names = new Set(labels.map(({ name }) => name))
  // One that stands here under this name cannot be made once more.
  const canMake = !names.has(label.name)
  const to = destinationOf(label, wish)
  return (
    <Select
      size="xs"
      searchable
      allowDeselect={false}
      aria-label={t('mapWhere', { name: label.name })}
      placeholder={
        label.suggestion === null ? t('mapUnknown') : t('mapSuggested', { name: label.suggestion })
      }
      error={to === null}
      value={optionOf(to)}
      data={[
        {
          group: t('mapLabels'),
          items: [...names].map((name) => ({ value: HERE + name, label: name })),
        },
        {
          group: t('mapElse'),
          items: [
            ...(canMake ? [{ value: NEW, label: t('mapNew', { name: label.name }) }] : []),
            { value: NOWHERE, label: t('mapNowhere') },
          ],
        },
      ]}
      onChange={(value) => value && onChange(destination(value))}
    />
  )
}

function optionOf(to: Destination | null): string | null {
  if (to === null) return null
  if (to.to === 'label') return HERE + to.name
  return to.to === 'new' ? NEW : NOWHERE
}

function destination(value: string): Destination {
  if (value === NEW) return { to: 'new' }
  return value === NOWHERE ? { to: 'nowhere' } : { to: 'label', name: value.slice(HERE.length) }
}

function Joint({ label }: { label: PreviewLabel }) {
  const { t } = useTranslation('datasets')
  return label.target === null ? (
    <Badge color="orange">{t('mapNowhere')}</Badge>
  ) : (
    <span className={classes.mapJoint}>{label.target}</span>
  )
}

function Attributes({ label }: { label: PreviewLabel }) {
  const { t } = useTranslation('datasets')
  if (label.attributes.length === 0 || label.target === null) return null
  const names = label.attributes.map(({ name, example }) => `${name} (${example})`).join(', ')
  return (
    <Tooltip label={t('mapAttributes', { names })} multiline maw={320}>
      <IconAlertTriangle
        size={14}
        className={classes.warn}
        aria-label={t('mapAttributes', { names })}
      />
    </Tooltip>
  )
}
