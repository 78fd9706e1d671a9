import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkKind } from '#shared/domain/bulk.ts'
import { parseFilter } from '#shared/filter/parser.ts'
import { printFilter } from '#shared/filter/print.ts'
import { useBench, useDocument, useUi } from '../../bench/context.ts'
import { FilterText } from '../../filter/builder/filter-text.tsx'
import { ActionFields } from './action-fields.tsx'
import { ActionList } from './action-list.tsx'
import { type ActionsForm, bulkOf, firstForm } from './actions-form.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import classes from './dialogs.module.css'
import { ScopeFields } from './scope-fields.tsx'

/** CVAT's “Run actions”: one thing done with all that match, on this frame or on many. */
export function ActionsDialog({ first, close }: { first: BulkKind; close: () => void }) {
  const { t } = useTranslation('operations')
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  const deletedCount = useDocument((state) => state.marks.deletedCount)
  const labels = useUi((state) => state.labels)
  const [form, setForm] = useState<ActionsForm>(() => {
    const { filter } = bench.ui.getState()
    const form = firstForm(bench.document.range, labels, filter ? printFilter(filter) : '')
    return first === 'remove' ? form : { ...form, kind: first, scope: 'job' }
  })
  const set = (change: Partial<ActionsForm>) => setForm((now) => ({ ...now, ...change }))
  const parsed = parseFilter(form.filter)
  const bulk = parsed.ok ? bulkOf(form, frame, bench.document.range) : null
  return (
    <BulkDialog
      title={t('actionsTitle')}
      size={760}
      bulk={bulk}
      verb={t(`run-${form.kind}`)}
      isDangerous={form.kind === 'remove'}
      close={close}
    >
      <div className={classes.columns}>
        <ActionList kind={form.kind} onChange={(kind) => set({ kind })} />
        <div className={classes.fields}>
          <ActionFields form={form} set={set} />
          <ScopeFields form={form} set={set} range={bench.document.range} frame={frame} />
          <div>
            <span className={classes.label}>{t('filter')}</span>
            <FilterText
              text={form.filter}
              problem={parsed.ok ? null : parsed.problem}
              onChange={(filter) => set({ filter })}
            />
          </div>
          {deletedCount > 0 && (
            <Checkbox
              label={t('deletedFrames')}
              checked={form.deletedFrames}
              onChange={(event) => set({ deletedFrames: event.currentTarget.checked })}
            />
          )}
        </div>
      </div>
    </BulkDialog>
  )
}
