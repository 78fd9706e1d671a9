import type { FunctionKind, FunctionLabel } from '#shared/domain/function.ts'
import type { ModelFile, ModelInput } from '#shared/domain/model-manifest.ts'

/** What a model's description in somebody else's words says, in ours. What it does not say is null, or empty. */
export interface ForeignManifest {
  /** "model.yaml of X-AnyLabeling" */
  readonly readFrom: string
  readonly name: string
  readonly kind: FunctionKind | null
  /** An id of a family here; null where the file itself must tell. */
  readonly family: string | null
  readonly description: string
  readonly version: string
  readonly source: string
  /** By role where the description tells roles apart. A `path` is relative to the description. */
  readonly files: Readonly<Record<string, ModelFile>>
  /** In the order of the class index; null where none are named. */
  readonly labels: readonly FunctionLabel[] | null
  readonly input: ModelInput | null
  readonly parameters: Readonly<Record<string, number | boolean | string>>
  readonly options: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}
