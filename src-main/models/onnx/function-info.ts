import type { FunctionId, FunctionInfo } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError, type ErrorBody } from '#shared/errors/app-error.ts'
import type { ModelPack } from '../../core/ports.ts'
import { familyOf } from '../families.ts'
import { withDefaults } from '../parameter-values.ts'

export const functionIdOf = (packId: string) => `onnx/${packId}` as FunctionId
export const packIdOf = (id: FunctionId) => id.slice('onnx/'.length)

/** What a pack is to those who call it. `problem`: why it cannot be called, if that is known. */
export function functionInfo(
  { id, manifest }: ModelPack,
  now: { problem: ErrorBody | null; device: string; speedMs: number | null },
): FunctionInfo {
  const family = familyOf(manifest.family)
  const { kind, name, description, help, labels } = manifest
  const half = family?.isHalf ? new AppError('FUNCTION_NEEDS_ENCODER', { id: name }).toBody() : null
  const problem = now.problem ?? half
  return {
    ...{ id: functionIdOf(id), kind, provider: 'onnx', name, description, help, labels },
    framework: 'ONNX Runtime',
    parameters: parametersOf(manifest),
    prompts: family?.kind === 'interactor' ? family.prompts : null,
    shapeTypes: family?.kind === 'tracker' ? [...family.shapeTypes] : [],
    ...now,
    state: problem ? 'failed' : 'ready',
    problem,
    remote: false,
  }
}

/** The family's, with the manifest's values for what nobody sets. */
export function parametersOf(manifest: ModelManifest) {
  const family = familyOf(manifest.family)
  const known = family?.parametersOf?.(manifest) ?? family?.parameters ?? []
  return withDefaults(known, manifest.parameters)
}
