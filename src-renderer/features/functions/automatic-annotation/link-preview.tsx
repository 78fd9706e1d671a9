import { Button, Loader } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import { type LinkReport, linkReportSchema } from '#shared/domain/annotate-report.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import classes from './automatic-annotation.module.css'
import { isActive } from './running.ts'

interface Props {
  readonly input: Parameters<typeof client.functions.link>[0]
  readonly labels: readonly Label[]
}

/** How many tracks would come of it, before anything does. */
export function LinkPreview({ input, labels }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const wanted = JSON.stringify(input)
  const [asked, setAsked] = useState<{ id: RequestId; for: string } | null>(null)
  const ask = useMutation({
    mutationFn: () => client.functions.link(input),
    onSuccess: ({ id }) => setAsked({ id, for: wanted }),
  })
  // What was found with other settings says nothing about these.
  const isMeant = asked?.for === wanted
  return (
    <div className={classes.preview}>
      {isMeant && asked ? (
        <Asked id={asked.id} labels={labels} />
      ) : (
        <p className={classes.quiet}>{t('previewHint')}</p>
      )}
      {ask.error && <ErrorNotice problem={problemOf(ask.error)} />}
      <Button
        variant="default"
        leftSection={<IconEye size={15} />}
        loading={ask.isPending}
        disabled={isMeant}
        onClick={() => ask.mutate()}
      >
        {t('preview')}
      </Button>
    </div>
  )
}

function Asked({ id, labels }: { id: RequestId; labels: readonly Label[] }) {
  const { data: request } = useQuery(queries.request(id))
  if (!request || isActive(request))
    return (
      <p className={classes.quiet} role="status">
        <Loader size={12} /> {request?.message}
      </p>
    )
  if (request.error) return <ErrorNotice problem={request.error} />
  const { data: report } = linkReportSchema.safeParse(request.result)
  return report ? <Report report={report} labels={labels} /> : null
}

/** So many of the longest ones. */
const SHOWN = 6

function Report({ report, labels }: { report: LinkReport; labels: readonly Label[] }) {
  const { t } = useTranslation('automatic-annotation')
  const { tracks, linked, boxes, singles, paths } = report
  return (
    <div role="status">
      <p>
        <strong>
          {t('wouldLink', {
            tracks: t('trackCount', counted(tracks)),
            linked: formatNumber(linked),
            boxes: t('boxCount', counted(boxes)),
          })}
        </strong>{' '}
        {singles > 0 && t('singles', counted(singles))}
      </p>
      <ul className={classes.paths}>
        {paths.slice(0, SHOWN).map((path) => {
          const label = labels.find(({ id }) => id === path.labelId)
          return (
            <li key={path.boxes[0]}>
              <i style={{ background: label?.color }} />
              <span>{label?.name}</span>
              <small>
                {t('path', {
                  first: formatNumber(path.first),
                  last: formatNumber(path.last),
                  boxes: t('boxCount', counted(path.boxes.length)),
                })}
              </small>
            </li>
          )
        })}
      </ul>
      {paths.length > SHOWN && (
        <p className={classes.quiet}>{t('morePaths', counted(tracks - SHOWN))}</p>
      )}
    </div>
  )
}
