import { Loader } from '@mantine/core'
import { useDocument } from '../bench/context.ts'
import classes from './stage.module.css'

/** A small sign that the next picture is on its way; CSS delays it, so quick frames never show it. */
export function LoadingMark() {
  const isLoading = useDocument((state) => state.wanted !== state.frame || state.picture === null)
  if (!isLoading) return null
  return (
    <div className={classes.loading}>
      <Loader size={16} />
    </div>
  )
}
