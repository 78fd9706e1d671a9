import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addLabel } from '#renderer/state/add-label.ts'
import { client } from '#renderer/state/client.ts'
import { parametersOf } from '#renderer/state/known-functions.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { FunctionInfo, FunctionLabel, ParameterValues } from '#shared/domain/function.ts'
import type { LabelMapping } from '#shared/domain/label-mapping.ts'
import { MappingTable } from '../mapping-table.tsx'
import { ParameterFields } from '../parameter-fields.tsx'
import type { FormTask, Start } from './annotation-form.tsx'
import classes from './automatic-annotation.module.css'
import { annotateInput, type Choice } from './choice.ts'

interface Props {
  readonly info: FunctionInfo
  readonly task: FormTask
  readonly choice: Choice
  readonly setStart: (start: Start) => void
}

/** What becomes of a detector's labels, and how it is set. */
export function DetectorForm({ info, task, choice, setStart }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const input = { taskId: task.id, functionId: info.id }
  // What somebody chose elsewhere meanwhile counts.
  const query = useQuery(orpc.functions.mapping.queryOptions({ input, retry: false, staleTime: 0 }))
  const [edited, setEdited] = useState<LabelMapping | null>(null)
  const [set, setParameters] = useState<ParameterValues>({})
  const mapping = edited ?? query.data?.mapping ?? null
  const parameters = { ...parametersOf(info), ...query.data?.parameters, ...set }
  const canStart = mapping !== null && Object.keys(mapping).length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: said anew whenever what is begun with changes
  useEffect(() => {
    setStart(
      canStart
        ? () => client.functions.annotate(annotateInput(choice, { ...input, mapping, parameters }))
        : null,
    )
  }, [canStart, choice, edited, set, query.data])
  if (query.error)
    return <ErrorNotice problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  if (!mapping) return <Loader size="xs" type="dots" />
  return (
    <>
      <div className={classes.parameters}>
        <ParameterFields
          info={info}
          values={parameters}
          onChange={(name, value) => setParameters({ ...set, [name]: value })}
        />
      </div>
      <div className={classes.mapping}>
        <MappingTable
          info={info}
          labels={task.labels}
          mapping={mapping}
          isRemembered={edited === null && query.data?.remembered === true}
          onChange={setEdited}
          onCreate={(missing) => createLabels(task, missing)}
        />
      </div>
      {!canStart && <p className={classes.quiet}>{t('matchFirst')}</p>}
    </>
  )
}

/** Labels of any type, by name; skeletons have to be built. @returns names of those that are there now */
async function createLabels(task: FormTask, missing: readonly FunctionLabel[]): Promise<string[]> {
  const made: string[] = []
  let { labels } = task
  try {
    for (const { name, type } of missing) {
      if (type === 'skeleton') continue
      if (!labels.some((label) => label.name === name)) ({ labels } = await addLabel(task, name))
      made.push(name)
    }
  } catch (error) {
    notifyProblem(problemOf(error))
  }
  return made
}
