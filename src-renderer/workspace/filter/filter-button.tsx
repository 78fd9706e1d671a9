import { IconFilter, IconFilterFilled } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'

const FilterDialog = lazy(async () => ({
  default: (await import('./builder/filter-dialog.tsx')).FilterDialog,
}))

/** Opens the builder; lit while a filter is applied. */
export function FilterButton() {
  const isOn = useUi((state) => state.filter !== null)
  const isOpen = useUi((state) => state.isFilterOpen)
  return (
    <>
      <ActionButton
        action="view.filter"
        icon={isOn ? IconFilterFilled : IconFilter}
        {...(isOn ? { isOn } : {})}
      />
      {isOpen && (
        <Suspense>
          <FilterDialog />
        </Suspense>
      )}
    </>
  )
}
