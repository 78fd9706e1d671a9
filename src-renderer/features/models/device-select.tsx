import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { Model } from '#shared/domain/model.ts'

const AUTOMATIC = 'auto'

/** What a model runs on: the quickest that works, or the one chosen here. What is not there says why. */
export function DeviceSelect({ model }: { model: Model }) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  const { data } = useQuery(orpc.models.devices.queryOptions())
  const choose = useMutation({
    mutationFn: (executionProvider: string | null) =>
      client.models.update({ id: model.id, executionProvider }),
    onError: (error) => notifyProblem(problemOf(error)),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: orpc.models.list.key() })
      void cache.invalidateQueries({ queryKey: orpc.functions.list.key() })
    },
  })
  const devices = (data?.executionProviders ?? []).map(({ name, title, available, problem }) => ({
    value: name,
    label: available ? title : `${title} (${problem})`,
    disabled: !available,
  }))
  return (
    <Select
      aria-label={t('device')}
      w={260}
      allowDeselect={false}
      value={model.executionProvider ?? AUTOMATIC}
      data={[{ value: AUTOMATIC, label: t('deviceAuto') }, ...devices]}
      onChange={(value) => choose.mutate(value === AUTOMATIC ? null : value)}
    />
  )
}
