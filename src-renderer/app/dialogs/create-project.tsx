import { LabelEditor } from '#renderer/features/labels/label-editor.tsx'
import { CreateProjectDialog } from '#renderer/features/projects/create-project-dialog.tsx'

/** The dialog of one feature with the label editor of another. */
export function CreateProject({ close }: { close: () => void }) {
  return <CreateProjectDialog close={close} labels={(slot) => <LabelEditor {...slot} />} />
}
