import { useBench, useUi } from '../../bench/context.ts'
import { ActionsDialog } from './actions-dialog.tsx'
import { PropagateDialog } from './propagate-dialog.tsx'
import { ToShapesDialog } from './to-shapes-dialog.tsx'

/** The dialogs that need the open document; those of the app are `openDialog`'s. */
export function OperationDialogs() {
  const bench = useBench()
  const operation = useUi((state) => state.operation)
  const close = () => bench.ui.setState({ operation: null })
  switch (operation?.kind) {
    case undefined:
      return null
    case 'actions':
      return <ActionsDialog first={operation.first ?? 'remove'} close={close} />
    case 'propagate':
      return <PropagateDialog ids={operation.ids} close={close} />
    case 'tracks-to-shapes':
      return <ToShapesDialog ids={operation.ids} close={close} />
  }
}
