import type { FunctionParameter } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'

/** Below it an object is lost on that frame; the tracker may find it again on a later one. */
export function lostBelow(defaultValue: number): FunctionParameter {
  return {
    ...{ name: 'threshold', type: 'number', min: 0, max: 1, step: 0.05, defaultValue },
    help: 'What is found with a lower score is lost on that frame.',
  }
}

/** A number a manifest gives, within its bounds; else the family's. */
export function parameterOf(manifest: ModelManifest, parameter: FunctionParameter): number {
  const given = manifest.parameters[parameter.name]
  if (parameter.type !== 'number') return Number(given)
  const value = typeof given === 'number' && Number.isFinite(given) ? given : parameter.defaultValue
  return Math.max(parameter.min, Math.min(parameter.max, value))
}
