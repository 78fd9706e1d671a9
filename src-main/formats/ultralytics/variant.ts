/** What the formats of the family differ in: the line of a label file that tells an object. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { ImportTally } from '../common/import-tally.ts'
import type { NewShape } from '../common/new-shape.ts'
import type { Refuse } from '../common/yolo-fields.ts'

/** `kpt_shape` and `kpt_names` of data.yaml. */
export interface JointLayout {
  /** Joints of every line, of the largest skeleton. */
  readonly count: number
  /** Numbers of a joint: x and y, or x, y and visibility. */
  readonly dims: 2 | 3
  /** Names of the joints, by the number of the label; of a label that is not here nobody says them. */
  readonly names: ReadonlyMap<number, readonly string[]>
}

export type Geometry = Pick<NewShape, 'type' | 'points'> & Partial<NewShape>

export interface ParsedLine {
  readonly trackId: number | null
  /** 0 … 1, where a model wrote the line. */
  readonly score: number | null
  /** Null: this label cannot have it, which is noted. @param frame its size is known */
  place(frame: DatasetFrame, label: Label, tally: ImportTally): Geometry | null
}

export interface ParseContext {
  /** Number of the line's label. */
  readonly labelNumber: number
  readonly joints: JointLayout | null
  readonly refuse: Refuse
}

export interface Variant {
  /** CVAT's name of the format. */
  readonly format: string
  /** Whether objects are skeletons: data.yaml then says how many joints they have. */
  readonly hasJoints: boolean
  /** The labels it numbers, in the task's order. */
  labelsOf(labels: readonly Label[]): readonly Label[]
  /**
   * What stands behind the label's number, a text for each line; [] for what the format has no place for.
   * @param frame  its size is known
   * @param labels as `labelsOf` gives them
   */
  lines(shape: WovenShape, frame: DatasetFrame, labels: readonly Label[]): string[]
  /** Check a line, whether or not there is a frame for it. @param fields  behind the label's number */
  parse(fields: readonly string[], context: ParseContext): ParsedLine
}

export function allLabels(labels: readonly Label[]): readonly Label[] {
  return labels
}
