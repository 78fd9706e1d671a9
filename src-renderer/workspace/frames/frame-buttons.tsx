import {
  IconSquareCheck,
  IconSquareCheckFilled,
  IconTrash,
  IconTrashOff,
} from '@tabler/icons-react'
import { useDocument } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'
import classes from './frames.module.css'

/** Beside the frame number: is it checked, is it deleted. */
export function FrameButtons() {
  const isDeleted = useDocument(({ frame, marks }) => marks.isDeleted(frame))
  const isChecked = useDocument(({ frame, marks }) => marks.isChecked(frame))
  return (
    <div className={classes.buttons}>
      <ActionButton
        action="frame.check"
        icon={isChecked ? IconSquareCheckFilled : IconSquareCheck}
        isOn={isChecked}
      />
      {isDeleted ? (
        <ActionButton action="frame.restore" icon={IconTrashOff} isOn />
      ) : (
        <ActionButton action="frame.delete" icon={IconTrash} />
      )}
    </div>
  )
}
