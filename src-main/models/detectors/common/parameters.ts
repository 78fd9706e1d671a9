import type { FunctionParameter, ParameterValues } from '#shared/domain/function.ts'

/** What detectors let people set; a manifest has other defaults (`parameters`), a call other values. */
const share = { type: 'number', min: 0, max: 1, step: 0.05 } as const

export const THRESHOLD: FunctionParameter = {
  ...share,
  name: 'threshold',
  defaultValue: 0.25,
  help: 'Only what scores higher is found.',
}
/** The same for families whose scores are used to another. */
export const thresholdAt = (defaultValue: number): FunctionParameter =>
  THRESHOLD.type === 'number' ? { ...THRESHOLD, defaultValue } : THRESHOLD
export const IOU: FunctionParameter = {
  ...share,
  name: 'iou',
  defaultValue: 0.45,
  help: 'Of two boxes that overlap more than this, the better one stays.',
}
export const iouAt = (defaultValue: number): FunctionParameter =>
  IOU.type === 'number' ? { ...IOU, defaultValue } : IOU
export const keypointThresholdAt = (defaultValue: number): FunctionParameter =>
  KEYPOINT_THRESHOLD.type === 'number'
    ? { ...KEYPOINT_THRESHOLD, defaultValue }
    : KEYPOINT_THRESHOLD
export const MAX_DETECTIONS: FunctionParameter = {
  type: 'number',
  name: 'maxDetections',
  min: 1,
  max: 3000,
  step: 1,
  defaultValue: 300,
  help: 'No more than this many on a picture, the best ones.',
}
export const AGNOSTIC: FunctionParameter = {
  type: 'boolean',
  name: 'agnostic',
  defaultValue: false,
  help: 'Boxes of different labels suppress each other, too.',
}
export const KEYPOINT_THRESHOLD: FunctionParameter = {
  ...share,
  name: 'keypointThreshold',
  defaultValue: 0.5,
  help: 'Joints that score lower are marked as outside.',
}

/** Reads values that are given, else the manifest's, else the family's; numbers within their range. */
export function parameterReader(
  known: readonly FunctionParameter[],
  manifest: ParameterValues,
  given: ParameterValues,
) {
  const find = (name: string) => known.find((parameter) => parameter.name === name)
  const chosen = (name: string) => given[name] ?? manifest[name] ?? find(name)?.defaultValue
  return {
    number(name: string): number {
      const parameter = find(name)
      const value = Number(chosen(name))
      if (parameter?.type !== 'number') return value
      const finite = Number.isFinite(value) ? value : parameter.defaultValue
      return Math.max(parameter.min, Math.min(parameter.max, finite))
    },
    boolean: (name: string): boolean => chosen(name) === true,
    choice: (name: string): string => String(chosen(name)),
  }
}
export type Parameters = ReturnType<typeof parameterReader>
