import { Button, Checkbox, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MappingTable } from '#renderer/features/functions/mapping-table.tsx'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { setAi, useAi, useFunctions } from '#renderer/state/known-functions.ts'
import { orpc } from '#renderer/state/queries.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { LabelMapping } from '#shared/domain/label-mapping.ts'
import { useBench, useUi } from '../bench/context.ts'
import { useKeys } from '../parts/action-text.ts'
import classes from './ai.module.css'
import { aiProblem } from './ai-problem.ts'
import { createLabels } from './create-labels.ts'
import { detect, stopDetecting } from './detecting.ts'
import { fittingDetector } from './fitting-detector.ts'
import { FunctionChoice } from './function-choice.tsx'
import { NoFunction } from './no-function.tsx'
import { Parameters } from './parameters.tsx'

/** Annotate this frame with a model; its labels are matched with the task's first. */
export function DetectorsTab({ onBegin }: { onBegin: () => void }) {
  const { t } = useTranslation('ai')
  const known = useFunctions('detector')
  const labels = useUi((state) => state.labels)
  const remembered = useAi((ai) => ai.detector)
  const chosen = fittingDetector(known.functions, remembered, labels)
  if (!chosen) return <NoFunction kind="detector" known={known} />
  return (
    <>
      <FunctionChoice
        label={t('detector')}
        functions={known.functions}
        chosen={chosen}
        onChoose={(detector) => setAi({ detector })}
      />
      <Parameters info={chosen} />
      <Chosen key={chosen.id} info={chosen} onBegin={onBegin} />
    </>
  )
}

function Chosen({ info, onBegin }: { info: FunctionInfo; onBegin: () => void }) {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const isBusy = useUi((state) => state.detecting !== null)
  const labels = useUi((state) => state.labels)
  const [edited, setEdited] = useState<LabelMapping | null>(null)
  const input = { taskId: bench.taskId, functionId: info.id }
  const query = useQuery(orpc.functions.mapping.queryOptions({ input, retry: false }))
  const mapping = edited ?? query.data?.mapping ?? null
  const [key] = useKeys('objects.detect')
  const problem = query.error ? aiProblem(query.error) : null
  const canRun = info.state !== 'failed' && mapping !== null && Object.keys(mapping).length > 0
  const run = () => {
    onBegin()
    void detect(bench, info, edited ?? undefined)
  }
  return (
    <>
      {problem && (
        <div className={classes.failed} role="alert">
          <p>
            {problem.message} {problem.remedy}
          </p>
        </div>
      )}
      {mapping && (
        <MappingTable
          info={info}
          labels={labels}
          mapping={mapping}
          isRemembered={edited === null && query.data?.remembered === true}
          onChange={setEdited}
          onCreate={(missing) => createLabels(bench, missing)}
        />
      )}
      {mapping && Object.keys(mapping).length === 0 && <NothingMatched info={info} />}
      <Options />
      <div className={classes.buttons}>
        {isBusy && (
          <Button variant="default" onClick={() => stopDetecting(bench)}>
            {t('stop')}
          </Button>
        )}
        <Button
          disabled={!canRun}
          loading={isBusy}
          rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
          onClick={run}
        >
          {t('annotate')}
        </Button>
      </div>
    </>
  )
}

/** Nothing can be kept of what it finds: what to do about it. */
function NothingMatched({ info }: { info: FunctionInfo }) {
  const { t } = useTranslation('ai')
  const labels = useUi((state) => state.labels)
  const needsSkeleton =
    info.labels.some(({ type }) => type === 'skeleton') &&
    !labels.some(({ type }) => type === 'skeleton')
  if (!needsSkeleton) return <p className={classes.quiet}>{t('matchFirst')}</p>
  return (
    <div className={classes.advice}>
      <p className={classes.quiet}>{t('matchSkeleton')}</p>
      <Button variant="default" onClick={() => runAction('files.labels')}>
        {t('editLabels')}
      </Button>
    </div>
  )
}

function Options() {
  const { t } = useTranslation('ai')
  const masksToPolygons = useAi((ai) => ai.masksToPolygons)
  const tiles = useAi((ai) => ai.tiles)
  return (
    <>
      <Checkbox
        label={t('masksToPolygons')}
        checked={masksToPolygons}
        onChange={(event) => setAi({ masksToPolygons: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('tiles')}
        checked={tiles.isOn}
        onChange={(event) => setAi({ tiles: { ...tiles, isOn: event.currentTarget.checked } })}
      />
      {tiles.isOn && (
        <div className={classes.pair}>
          <NumberInput
            label={t('tileSize')}
            min={64}
            max={8192}
            step={64}
            suffix=" px"
            allowDecimal={false}
            value={tiles.size}
            onChange={(value) =>
              Number(value) >= 64 &&
              setAi({ tiles: { ...tiles, size: Math.min(8192, Number(value)) } })
            }
          />
          <NumberInput
            label={t('tileOverlap')}
            min={0}
            max={80}
            step={5}
            suffix=" %"
            allowDecimal={false}
            value={Math.round(tiles.overlap * 100)}
            onChange={(value) =>
              setAi({
                tiles: { ...tiles, overlap: Math.min(80, Math.max(0, Number(value))) / 100 },
              })
            }
          />
        </div>
      )}
    </>
  )
}
