import { Tooltip } from '@mantine/core'
import {
  IconChevronRight,
  IconCloud,
  IconCpu,
  IconFocusCentered,
  IconPlugConnected,
  IconPointer,
  IconUserScan,
  IconWand,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import type { FunctionInfo, FunctionKind } from '#shared/domain/function.ts'
import type { Model } from '#shared/domain/model.ts'
import { FunctionDetails } from './function-details.tsx'
import classes from './models.module.css'

const icons: Readonly<Record<FunctionKind, ReactNode>> = {
  detector: <IconWand size={17} stroke={1.6} />,
  interactor: <IconPointer size={17} stroke={1.6} />,
  tracker: <IconFocusCentered size={17} stroke={1.6} />,
  reid: <IconUserScan size={17} stroke={1.6} />,
}

/** As many labels are named on the line. */
const FEW = 4

/** One function on a line; unfolded, all that is known of it and what can be done with it. */
export function FunctionRow({ info, model }: { info: FunctionInfo; model: Model | null }) {
  const { t } = useTranslation('models')
  const [isOpen, setOpen] = useState(false)
  const { name, kind, provider, labels, speedMs, state, remote, device, problem } = info
  return (
    <li className={classes.entry} data-open={isOpen || undefined}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} className={classes.fold} />
        <span className={classes.kind}>{icons[kind]}</span>
        <span className={classes.name} title={name}>
          <b>{name}</b>
          <small>
            {t(`provider-${provider}`)}
            {info.framework !== '' && ` · ${info.framework}`}
          </small>
        </span>
        <span className={classes.labels}>
          {labels.slice(0, FEW).map((label) => (
            <i key={label.name} title={label.name}>
              {label.name}
            </i>
          ))}
          {labels.length > FEW && <em>+{formatNumber(labels.length - FEW)}</em>}
        </span>
        <span className={classes.device}>
          {remote ? (
            <Tooltip label={t('remoteHint')}>
              <span className={classes.remote}>
                <IconCloud size={14} /> <span>{device}</span>
              </span>
            </Tooltip>
          ) : (
            <>
              {provider === 'nuclio' ? <IconPlugConnected size={14} /> : <IconCpu size={14} />}
              <span>{device}</span>
            </>
          )}
        </span>
        <span className={classes.speed}>
          {speedMs === null ? t('notRun') : t('speed', { ms: formatSpeed(speedMs) })}
        </span>
        <Tooltip label={problem?.message ?? ''} disabled={!problem} multiline maw={360}>
          <span className={classes.state} data-state={state}>
            {t(`state-${state}`)}
          </span>
        </Tooltip>
      </button>
      {isOpen && <FunctionDetails info={info} model={model} />}
    </li>
  )
}

/** Milliseconds as people read them: tenths below ten. */
function formatSpeed(ms: number): string {
  return ms < 10 ? formatNumber(Math.round(ms * 10) / 10) : formatNumber(Math.round(ms))
}
