import { Radio, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCloud, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo } from '#shared/domain/function.ts'
import classes from './automatic-annotation.module.css'

/** With more models than this they can be searched. */
const MANY = 8

interface Props {
  readonly functions: readonly FunctionInfo[]
  readonly chosen: FunctionInfo
  readonly onChoose: (id: string) => void
}

/** Detectors, and what links boxes into tracks; who provides them, where they run, how fast. */
export function ModelList({ functions, chosen, onChoose }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const fits = ({ name, framework }: FunctionInfo) =>
    `${name} ${framework}`.toLowerCase().includes(wanted)
  const shown = functions.filter((one) => one.id === chosen.id || fits(one))
  return (
    <div className={classes.models}>
      {functions.length > MANY && (
        <TextInput
          type="search"
          aria-label={t('findModel')}
          placeholder={t('findModel')}
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Radio.Group value={chosen.id} onChange={onChoose} aria-label={t('model')}>
        <div className={classes.modelRows}>
          {(['detector', 'reid'] as const).map((kind) => {
            const ofKind = shown.filter((one) => one.kind === kind)
            if (ofKind.length === 0) return null
            return (
              <div key={kind} className={classes.modelGroup}>
                <h3>{t(`kind-${kind}`)}</h3>
                {ofKind.map((info) => (
                  <Model key={info.id} info={info} isChosen={info.id === chosen.id} />
                ))}
              </div>
            )
          })}
        </div>
      </Radio.Group>
    </div>
  )
}

function Model({ info, isChosen }: { info: FunctionInfo; isChosen: boolean }) {
  const { t } = useTranslation(['automatic-annotation', 'ai'])
  const { name, framework, device, speedMs, remote, state } = info
  const facts = [
    remote ? device : framework,
    remote ? null : device,
    speedMs === null ? null : t('ai:milliseconds', { ms: Math.round(speedMs) }),
  ]
  return (
    <Radio.Card
      value={info.id}
      className={classes.model ?? ''}
      tabIndex={isChosen ? 0 : -1}
      {...(isChosen && { 'data-autofocus': true })}
      aria-label={name}
    >
      <span className={classes.modelName}>
        <b>{name}</b>
        {remote && <IconCloud size={14} aria-label={t('ai:remoteShort')} />}
        {state === 'failed' && (
          <IconAlertTriangle size={14} className={classes.bad} aria-label={t('ai:failed')} />
        )}
      </span>
      <small>{facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</small>
    </Radio.Card>
  )
}
