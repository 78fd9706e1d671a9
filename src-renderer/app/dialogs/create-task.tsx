import { LabelEditor } from '#renderer/features/labels/label-editor.tsx'
import { CreateTaskDialog } from '#renderer/features/tasks/create-task-dialog.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'

interface Props {
  readonly projectId: ProjectId | null
  readonly paths: readonly string[]
  readonly close: () => void
}

/** The dialog of one feature with the label editor of another. */
export function CreateTask(props: Props) {
  return <CreateTaskDialog {...props} labels={(slot) => <LabelEditor {...slot} />} />
}
