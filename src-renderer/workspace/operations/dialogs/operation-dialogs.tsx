import { useBench, useUi } from '../../bench/context.ts'
import { ActionsDialog } from './actions-dialog.tsx'
import { PropagateDialog } from './propagate-dialog.tsx'

/** The dialogs that need the open document; those of the app are `openDialog`'s. */
export function OperationDialogs() {
  const bench = useBench()
  const operation = useUi((state) => state.operation)
  const close = () => bench.ui.setState({ operation: null })
  if (operation === null) return null
  if (operation === 'actions') return <ActionsDialog close={close} />
  return <PropagateDialog ids={operation} close={close} />
}
