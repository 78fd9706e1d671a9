import { Button, Tooltip } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconTrash } from '@tabler/icons-react'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '#renderer/ui/segmented.tsx'
import classes from '../filter.module.css'
import { type Builder, useBuilder } from './context.ts'
import { Grip } from './grip.tsx'
import { firstRule } from './properties.ts'
import { RuleRow } from './rule-row.tsx'
import { type GroupNode, insert, type Node, newGroup, type Place, remove, update } from './tree.ts'

/** Rules and groups joined by one word; Not turns the whole round. */
export function GroupCard({
  group,
  isOutermost = false,
}: {
  group: GroupNode
  isOutermost?: boolean
}) {
  const { t } = useTranslation('filter')
  const builder = useBuilder()
  const end: Place = { groupId: group.id, index: group.children.length }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a card
    <div
      role="group"
      aria-label={t('group')}
      className={classes.group}
      data-node={group.id}
      data-join={group.join}
      data-not={group.not}
      data-dragged={builder.dragged === group.id}
      onDragOver={(event) => aimAt(event, builder, end)}
      onDrop={(event) => dropHere(event, builder)}
    >
      <GroupHead group={group} isOutermost={isOutermost} end={end} />
      <div className={classes.members}>
        {group.children.map((node, index) => (
          <Member
            key={node.id}
            node={node}
            place={{ groupId: group.id, index }}
            join={group.join}
          />
        ))}
        {isTarget(builder, end) && <div className={classes.mark} />}
        {group.children.length === 0 && (
          <p className={classes.none}>{t(isOutermost ? 'emptyGroup' : 'emptyInnerGroup')}</p>
        )}
      </div>
    </div>
  )
}

function GroupHead(props: { group: GroupNode; isOutermost: boolean; end: Place }) {
  const { t } = useTranslation('filter')
  const { group, isOutermost, end } = props
  const { change, labels } = useBuilder()
  const set = (what: Partial<GroupNode>) =>
    change((tree) => update<GroupNode>(tree, group.id, (node) => ({ ...node, ...what })))
  return (
    <div className={classes.groupHead}>
      {!isOutermost && <Grip id={group.id} kind="group" />}
      <Tooltip label={t('notHint')}>
        <button
          type="button"
          className={classes.not}
          aria-pressed={group.not}
          onClick={() => set({ not: !group.not })}
        >
          {t('not')}
        </button>
      </Tooltip>
      <Segmented
        label={t('joinedBy')}
        value={group.join}
        onChange={(join) => set({ join })}
        data={[
          { value: 'all', label: t('and') },
          { value: 'any', label: t('or') },
        ]}
      />
      <span className={classes.grow} />
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => change((tree) => insert(tree, end, firstRule(labels)))}
      >
        {t('addRule')}
      </Button>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconFolderPlus size={13} />}
        onClick={() => change((tree) => insert(tree, end, newGroup([firstRule(labels)])))}
      >
        {t('addGroup')}
      </Button>
      {!isOutermost && <DeleteButton id={group.id} title={t('deleteGroup')} />}
    </div>
  )
}

export function DeleteButton({ id, title }: { id: number; title: string }) {
  const { change } = useBuilder()
  return (
    <button
      type="button"
      className={classes.delete}
      aria-label={title}
      title={title}
      onClick={() => change((tree) => remove(tree, id))}
    >
      <IconTrash size={14} />
    </button>
  )
}

/** A child with the word before it; its upper half takes what is dropped before it, its lower half what comes after. */
function Member({ node, place, join }: { node: Node; place: Place; join: GroupNode['join'] }) {
  const { t } = useTranslation('filter')
  const builder = useBuilder()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the grip inside has the keys
    <div
      className={classes.member}
      onDragOver={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        const isAfter = event.clientY > box.top + box.height / 2
        // Within a group the group itself says where; only its rim is a place beside it.
        if (node.kind === 'group' && isInside(event.clientY, box)) return
        aimAt(event, builder, { ...place, index: place.index + (isAfter ? 1 : 0) })
      }}
    >
      {isTarget(builder, place) && <div className={classes.mark} />}
      {place.index > 0 && <span className={classes.join}>{t(join === 'all' ? 'and' : 'or')}</span>}
      {node.kind === 'rule' ? <RuleRow rule={node} /> : <GroupCard group={node} />}
    </div>
  )
}

const RIM_PX = 10

function isInside(y: number, { top, bottom }: DOMRect): boolean {
  return y > top + RIM_PX && y < bottom - RIM_PX
}

function isTarget({ target }: Builder, place: Place): boolean {
  return target?.groupId === place.groupId && target.index === place.index
}

function aimAt(event: DragEvent, builder: Builder, place: Place): void {
  if (builder.dragged === null) return
  event.preventDefault()
  event.stopPropagation()
  if (!isTarget(builder, place)) builder.aim(place)
}

function dropHere(event: DragEvent, builder: Builder): void {
  if (builder.dragged === null) return
  event.preventDefault()
  event.stopPropagation()
  builder.drop()
}
