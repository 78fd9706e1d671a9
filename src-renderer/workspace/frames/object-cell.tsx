import { memo } from 'react'
import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { useUi } from '../bench/context.ts'
import { SmallImage } from './frame-cell.tsx'
import classes from './frames.module.css'
import { cropAddress } from './object-list.ts'

/** An object cut out of its frame, with its label and where it is. */
export const ObjectCell = memo(function ObjectCell(props: {
  taskId: TaskId
  object: ObjectSummary
}) {
  const { taskId, object } = props
  const label = useUi((state) => state.labelsById.get(object.labelId))
  const address = cropAddress(taskId, object)
  return (
    <div className={classes.cell} title={`${label?.name ?? ''} #${object.id}`}>
      {address === null ? <div className={classes.picture} /> : <SmallImage address={address} />}
      <div className={classes.caption}>
        <i className={classes.swatch} style={{ background: label?.color ?? 'transparent' }} />
        <span>{label?.name}</span>
        <b>{object.frame}</b>
      </div>
    </div>
  )
})
