import type { KeyPreset } from './preset.ts'

/** CVAT's table is what every action declares as its own keys, so there is nothing to replace. */
export const cvat: KeyPreset = { name: 'CVAT', keys: {} }
