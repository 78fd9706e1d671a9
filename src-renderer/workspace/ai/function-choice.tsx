import { ActionIcon, Select, type SelectProps, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloud, IconHelp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo } from '#shared/domain/function.ts'
import classes from './ai.module.css'

interface Props {
  readonly label: string
  readonly functions: readonly FunctionInfo[]
  readonly chosen: FunctionInfo | null
  readonly onChoose: (id: string) => void
}

/** Which function does it; the question mark says how it wants to be used, and what it costs. */
export function FunctionChoice({ label, functions, chosen, onChoose }: Props) {
  const { t } = useTranslation('ai')
  const [isHelpOpen, setHelpOpen] = useState(false)
  const byId = new Map<string, FunctionInfo>(functions.map((one) => [one.id, one]))
  const renderOption: SelectProps['renderOption'] = ({ option, checked }) => (
    <Option info={byId.get(option.value)} checked={checked === true} />
  )
  return (
    <div className={classes.field}>
      <div className={classes.functionLine}>
        <Select
          aria-label={label}
          data={functions.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen?.id ?? null}
          allowDeselect={false}
          maxDropdownHeight={260}
          comboboxProps={{ withinPortal: false }}
          leftSection={chosen?.remote ? <IconCloud size={15} /> : null}
          renderOption={renderOption}
          onChange={(id) => id !== null && onChoose(id)}
        />
        <Tooltip label={t('about')} position="right">
          <ActionIcon
            aria-label={t('about')}
            aria-expanded={isHelpOpen}
            disabled={!chosen}
            onClick={() => setHelpOpen(!isHelpOpen)}
          >
            <IconHelp size={17} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {chosen?.remote && (
        <div className={classes.remote}>
          <IconCloud size={14} />
          {t('remote', { host: chosen.device })}
        </div>
      )}
      {chosen?.state === 'failed' && (
        <div className={classes.failed} role="alert">
          <IconAlertTriangle size={14} />
          <p>
            {chosen.problem?.message ?? t('failed')} {chosen.problem?.remedy}
          </p>
        </div>
      )}
      {chosen && isHelpOpen && <Help info={chosen} />}
    </div>
  )
}

function Option({ info, checked }: { info: FunctionInfo | undefined; checked: boolean }) {
  const { t } = useTranslation('ai')
  if (!info) return null
  return (
    <span className={classes.option}>
      <span>{info.name}</span>
      {info.speedMs !== null && (
        <span className={classes.speed}>{t('milliseconds', { ms: Math.round(info.speedMs) })}</span>
      )}
      {info.remote && <IconCloud size={14} aria-label={t('remoteShort')} />}
      {info.state === 'failed' && (
        <IconAlertTriangle size={14} color="var(--fm-bad)" aria-label={t('failed')} />
      )}
      {checked && <IconCheck size={14} />}
    </span>
  )
}

function Help({ info }: { info: FunctionInfo }) {
  const { t } = useTranslation('ai')
  const { prompts } = info
  return (
    <div className={classes.help}>
      <p>{info.help || info.description}</p>
      {info.help !== '' && info.description !== '' && <p>{info.description}</p>}
      <ul className={classes.facts}>
        {prompts && prompts.box !== 'none' && <li>{t(`needs-box-${prompts.box}`)}</li>}
        {prompts && prompts.minPositive > 1 && (
          <li>{t('needs-clicks', { count: prompts.minPositive })}</li>
        )}
        {prompts?.minNegative === null && <li>{t('needs-noNegative')}</li>}
        <li>{info.framework}</li>
        <li>{info.device}</li>
        {info.speedMs !== null && <li>{t('speed', { ms: Math.round(info.speedMs) })}</li>}
      </ul>
    </div>
  )
}
