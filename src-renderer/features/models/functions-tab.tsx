import { Button } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Section } from '#renderer/ui/section.tsx'
import { type FunctionInfo, functionKinds } from '#shared/domain/function.ts'
import { FunctionRow } from './function-row.tsx'
import classes from './models.module.css'

/** All functions of all providers, by what they do. */
export function FunctionsTab({ search }: { search: string }) {
  const { t } = useTranslation('models')
  // A remote one may have come or gone: asked anew whenever somebody looks.
  const functions = useQuery(orpc.functions.list.queryOptions({ staleTime: 0 }))
  const models = useQuery(orpc.models.list.queryOptions({ staleTime: 0 }))
  const { data, error, refetch } = functions
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return null
  const shown = data.filter((one) => matches(one, search))
  if (shown.length === 0)
    return (
      <EmptyState
        icon={<IconWand size={28} stroke={1.4} />}
        title={t(data.length === 0 ? 'none' : 'noneFound')}
        hint={t(data.length === 0 ? 'noneHint' : 'noneFoundHint')}
      >
        <Button onClick={() => openDialog({ kind: 'add-model' })}>{t('addModel')}</Button>
      </EmptyState>
    )
  return functionKinds.map((kind) => {
    const ofKind = shown.filter((one) => one.kind === kind)
    if (ofKind.length === 0) return null
    return (
      <Section key={kind} title={t(`kind-${kind}`)} note={t(`kind-${kind}-hint`)}>
        <ul className={classes.list}>
          {ofKind.map((one) => (
            <FunctionRow
              key={one.id}
              info={one}
              model={models.data?.find((model) => model.functionId === one.id) ?? null}
            />
          ))}
        </ul>
      </Section>
    )
  })
}

function matches({ name, id, provider, framework, labels }: FunctionInfo, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = [name, id, provider, framework, ...labels.map((label) => label.name)]
  const all = text.join(' ').toLowerCase()
  return words.every((word) => all.includes(word))
}
