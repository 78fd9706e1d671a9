import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import { playerSpeeds } from '#renderer/state/settings-schema.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { ChoiceRow, NumberRow, SwitchRow } from './rows.tsx'
import { SettingHeading, SettingRow } from './setting-row.tsx'

/** How the annotation screen behaves: CVAT's player and workspace settings. */
export function WorkspaceTab() {
  const { t } = useTranslation('settings')
  return (
    <>
      <SettingHeading>{t('player')}</SettingHeading>
      <PlayerRows />
      <SettingHeading>{t('drawing')}</SettingHeading>
      <DrawingRows />
      <SettingHeading>{t('texts')}</SettingHeading>
      <TextRows />
      <SettingHeading>{t('otherWorkspaces')}</SettingHeading>
      <OtherRows />
    </>
  )
}

function PlayerRows() {
  const { t } = useTranslation('settings')
  const s = useSettings()
  return (
    <>
      <NumberRow
        label={t('playerStep')}
        hint={t('playerStepHint')}
        min={2}
        max={10_000}
        value={s.playerStep}
        onChange={(playerStep) => setSettings({ playerStep })}
      />
      <NumberRow
        label={t('playerFps')}
        hint={t('playerFpsHint')}
        min={1}
        max={60}
        value={s.playerFps}
        onChange={(playerFps) => setSettings({ playerFps })}
      />
      <ChoiceRow
        label={t('playerSpeed')}
        hint={t('playerSpeedHint')}
        value={s.playerSpeed}
        onChange={(playerSpeed: Settings['playerSpeed']) => setSettings({ playerSpeed })}
        data={playerSpeeds.map((value) => ({
          value,
          label: value === 'every' ? t('playerSpeed-every') : `${formatNumber(Number(value))}×`,
        }))}
      />
      <SwitchRow
        label={t('videoProxy')}
        hint={t('videoProxyHint')}
        value={s.videoProxy}
        onChange={(videoProxy) => setSettings({ videoProxy })}
      />
      <SwitchRow
        label={t('keepViewport')}
        hint={t('keepViewportHint')}
        value={s.keepViewport}
        onChange={(keepViewport) => setSettings({ keepViewport })}
      />
      <SwitchRow
        label={t('showDeletedFrames')}
        hint={t('showDeletedFramesHint')}
        value={s.showDeletedFrames}
        onChange={(showDeletedFrames) => setSettings({ showDeletedFrames })}
      />
      <SwitchRow
        label={t('autosave')}
        hint={t('autosaveHint')}
        value={s.autosave}
        onChange={(autosave) => setSettings({ autosave })}
      />
    </>
  )
}

function DrawingRows() {
  const { t } = useTranslation('settings')
  const s = useSettings()
  return (
    <>
      <SwitchRow
        label={t('automaticBordering')}
        hint={t('automaticBorderingHint')}
        value={s.automaticBordering}
        onChange={(automaticBordering) => setSettings({ automaticBordering })}
      />
      <SwitchRow
        label={t('intelligentCropping')}
        hint={t('intelligentCroppingHint')}
        value={s.intelligentCropping}
        onChange={(intelligentCropping) => setSettings({ intelligentCropping })}
      />
      <SwitchRow
        label={t('sharedBorders')}
        hint={t('sharedBordersHint')}
        value={s.sharedBorders}
        onChange={(sharedBorders) => setSettings({ sharedBorders })}
      />
      <NumberRow
        label={t('controlPointsSize')}
        hint={t('controlPointsSizeHint')}
        min={4}
        max={16}
        value={s.controlPointsSize}
        onChange={(controlPointsSize) => setSettings({ controlPointsSize })}
      />
    </>
  )
}

const fields = ['id', 'label', 'attributes', 'source', 'description', 'dimensions'] as const

function TextRows() {
  const { t } = useTranslation('settings')
  const { appearance, textContent, textPosition, textSize } = useSettings()
  const setContent = (chosen: readonly string[]) =>
    // In the order of the list, however they were ticked.
    setSettings({ textContent: fields.filter((field) => chosen.includes(field)) })
  return (
    <>
      <ChoiceRow
        label={t('showText')}
        value={appearance.showText}
        onChange={(showText: Settings['appearance']['showText']) =>
          setSettings({ appearance: { ...appearance, showText } })
        }
        data={[
          { value: 'always', label: t('showTextAlways') },
          { value: 'selected', label: t('showTextSelected') },
          { value: 'never', label: t('showTextNever') },
        ]}
      />
      <SettingRow label={t('textContent')}>
        {() => (
          <Checkbox.Group
            aria-label={t('textContent')}
            value={textContent}
            onChange={setContent}
            maw={330}
          >
            <Group gap="xs" justify="flex-end">
              {fields.map((field) => (
                <Checkbox key={field} value={field} label={t(`text-${field}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </SettingRow>
      <ChoiceRow
        label={t('textPosition')}
        value={textPosition}
        onChange={(textPosition) => setSettings({ textPosition })}
        data={[
          { value: 'auto', label: t('textPositionAuto') },
          { value: 'center', label: t('textPositionCenter') },
        ]}
      />
      <NumberRow
        label={t('textSize')}
        min={8}
        max={40}
        value={textSize}
        onChange={(textSize) => setSettings({ textSize })}
      />
    </>
  )
}

function OtherRows() {
  const { t } = useTranslation('settings')
  const { aamZoomMargin, singleShape, tagsAutoNext } = useSettings()
  const setSingle = (change: Partial<Settings['singleShape']>) =>
    setSettings({ singleShape: { ...singleShape, ...change } })
  return (
    <>
      <NumberRow
        label={t('aamZoomMargin')}
        hint={t('aamZoomMarginHint')}
        min={0}
        max={1000}
        value={aamZoomMargin}
        onChange={(aamZoomMargin) => setSettings({ aamZoomMargin })}
      />
      <SwitchRow
        label={t('tagsAutoNext')}
        value={tagsAutoNext}
        onChange={(tagsAutoNext) => setSettings({ tagsAutoNext })}
      />
      <SwitchRow
        label={t('singleAutoNext')}
        value={singleShape.autoNext}
        onChange={(autoNext) => setSingle({ autoNext })}
      />
      <SwitchRow
        label={t('singleAutoSave')}
        value={singleShape.autoSave}
        onChange={(autoSave) => setSingle({ autoSave })}
      />
      <SwitchRow
        label={t('singleOnlyEmpty')}
        value={singleShape.onlyEmpty}
        onChange={(onlyEmpty) => setSingle({ onlyEmpty })}
      />
    </>
  )
}
