import {
  IconSquareCheck,
  IconSquareCheckFilled,
  IconTrash,
  IconTrashOff,
} from '@tabler/icons-react'
import { useDocument } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'

/** Beside the frame number: is it checked, is it deleted. */
export function FrameButtons() {
  const isDeleted = useDocument(({ frame, marks }) => marks.isDeleted(frame))
  const isChecked = useDocument(({ frame, marks }) => marks.isChecked(frame))
  return (
    <div>
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
