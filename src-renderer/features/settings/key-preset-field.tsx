import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyPresets } from '#renderer/state/key-presets/index.ts'
import { type KeyPresetId, keyPresetIds } from '#renderer/state/key-presets/preset.ts'
import type { Keymap } from '#renderer/state/keymap.ts'
import classes from './key-editor.module.css'
import { Question } from './question.tsx'
import { saveKeymap } from './use-keymap.ts'

const choices = keyPresetIds.map((value) => ({ value, label: keyPresets[value].name }))

/** Whose keys: CVAT's, or another tool's. Own changes stay on top only when the person says so. */
export function KeyPresetField({ map }: { map: Keymap }) {
  const { t } = useTranslation('settings')
  const [wanted, setWanted] = useState<KeyPresetId | null>(null)
  const count = Object.keys(map.keys).length
  const choose = (preset: KeyPresetId) => {
    if (count === 0) saveKeymap({ keyPreset: preset, keys: {} })
    else if (preset !== map.keyPreset) setWanted(preset)
  }
  const answer = (keys: Keymap['keys']) => {
    if (wanted) saveKeymap({ keyPreset: wanted, keys })
    setWanted(null)
  }
  return (
    <>
      <Select
        w={150}
        aria-label={t('keysPreset')}
        data={choices}
        value={map.keyPreset}
        allowDeselect={false}
        onChange={(value) => value && choose(value as KeyPresetId)}
      />
      {wanted && (
        <div className={classes.wide}>
          <Question
            text={t('keysPresetOwn', { count, preset: keyPresets[wanted].name })}
            answers={[
              { label: t('keysPresetKeep'), run: () => answer(map.keys) },
              { label: t('keysPresetDrop'), run: () => answer({}) },
            ]}
            cancel={() => setWanted(null)}
          />
        </div>
      )}
    </>
  )
}
