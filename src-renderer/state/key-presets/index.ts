import { cvat } from './cvat.ts'
import { labelImg } from './labelimg.ts'
import { labelme } from './labelme.ts'
import type { KeyPreset, KeyPresetId } from './preset.ts'
import { xAnyLabeling } from './x-anylabeling.ts'

export const keyPresets: Readonly<Record<KeyPresetId, KeyPreset>> = {
  cvat,
  labelme,
  'x-anylabeling': xAnyLabeling,
  labelimg: labelImg,
}
