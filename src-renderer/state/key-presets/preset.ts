/** Keys people bring along from other tools. `cvat` is what the actions themselves have. */
export const keyPresetIds = ['cvat', 'labelme', 'x-anylabeling', 'labelimg'] as const
export type KeyPresetId = (typeof keyPresetIds)[number]

export interface KeyPreset {
  /** The tool's own name; not translated. */
  readonly name: string
  /** Keys by action id, in place of the action's own; [] takes them away. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}
