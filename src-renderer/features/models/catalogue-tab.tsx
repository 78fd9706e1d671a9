import { Button } from '@mantine/core'
import { IconChevronRight, IconCloud, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes } from '#renderer/ui/format.ts'
import { Section } from '#renderer/ui/section.tsx'
import { functionKinds } from '#shared/domain/function.ts'
import type { CatalogueEntry } from '#shared/domain/model.ts'
import { Markdown } from './markdown/markdown.tsx'
import { OutsideLink } from './markdown/outside-link.tsx'
import classes from './models.module.css'

/** Models other people made, and how to get each of them here. */
export function CatalogueTab({ search }: { search: string }) {
  const { t } = useTranslation('models')
  const { data, error, refetch } = useQuery(orpc.models.catalogue.queryOptions())
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return null
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = data.filter((one) => {
    const text = `${one.name} ${one.id} ${one.family ?? ''} ${one.description} ${one.licence}`
    return words.every((word) => text.toLowerCase().includes(word))
  })
  if (shown.length === 0) return <EmptyState title={t('noneFound')} hint={t('catalogueNoneHint')} />
  return functionKinds.map((kind) => {
    const ofKind = shown.filter((one) => one.kind === kind)
    if (ofKind.length === 0) return null
    return (
      <Section key={kind} title={t(`kind-${kind}`)}>
        <ul className={classes.list}>
          {ofKind.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      </Section>
    )
  })
}

function Entry({ entry }: { entry: CatalogueEntry }) {
  const { t } = useTranslation('models')
  const [isOpen, setOpen] = useState(false)
  const { name, family, description, licence, sizeBytes, source, howTo, url, knownFrom } = entry
  const about = description.replaceAll('`', '')
  return (
    <li className={classes.entry} data-open={isOpen || undefined}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} className={classes.fold} />
        <span className={classes.name} data-wide>
          <b>{name}</b>
          <small title={about}>{about}</small>
        </span>
        <span className={classes.family}>
          {family === null ? (
            <>
              <IconCloud size={14} /> {t('onlyRemote')}
            </>
          ) : (
            family
          )}
        </span>
        <span className={classes.licence} title={licence}>
          {licence}
        </span>
        <span className={classes.speed}>{sizeBytes === null ? '' : formatBytes(sizeBytes)}</span>
      </button>
      {isOpen && (
        <div className={classes.details}>
          <Markdown text={howTo} />
          <dl className={classes.facts}>
            <div>
              <dt>{t('source')}</dt>
              <dd>
                <OutsideLink href={source}>{source}</OutsideLink>
              </dd>
            </div>
            <div>
              <dt>{t('licence')}</dt>
              <dd>{licence}</dd>
            </div>
            {knownFrom.length > 0 && (
              <div>
                <dt>{t('knownFrom')}</dt>
                <dd>{knownFrom.join(', ')}</dd>
              </div>
            )}
          </dl>
          {(url !== null || family === null) && (
            <div className={classes.verbs}>
              {url !== null && (
                <Button
                  leftSection={<IconDownload size={15} />}
                  onClick={() => openDialog({ kind: 'add-model', from: url })}
                >
                  {t('installFromUrl')}
                </Button>
              )}
              {family === null && (
                <Button
                  variant="default"
                  onClick={() => openDialog({ kind: 'connection', connection: null })}
                >
                  {t('connect')}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  )
}
