/** Types of package.js for the TypeScript that calls it (tests). */
export interface PackedReport {
  readonly ok: boolean
  readonly status: number | null
  readonly stderr: string
  /** What `doctor --json` of the packed core said. */
  readonly doctor: { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] } | null
  /** The document of `function call` with a model that ships; what it wrote to stderr when it failed. */
  readonly found: unknown
  /** Names in the packed node_modules. */
  readonly packages: string[]
  /** The fuses of the packed binary, one digit each, in the order of @electron/fuses. */
  readonly fuses: string
}
export function prove(): Promise<PackedReport>
export function pack(options?: {
  dir?: boolean
  output?: string
  config?: object
}): Promise<string[]>
