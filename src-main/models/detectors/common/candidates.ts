import { allBroken, invalidOutput } from './refuse.ts'

/** What scored above the threshold, before suppression. Boxes are `x1, y1, x2, y2` in model pixels. */
export interface FoundCandidates {
  readonly boxes: Float64Array
  readonly scores: Float64Array
  readonly classes: Int32Array
  /** Which row of the output each is. */
  readonly rows: Int32Array
}

/** Scores are shares; a little more than 1 is half precision. What is clearly more are no scores. */
const MOST_SCORE = 1.01
const MOST_CLASSES = 1_000_000

/** Gathers candidates, leaves out those that are no numbers, and says so when all are. */
export class CandidateList {
  private readonly id: string
  private readonly boxes: number[] = []
  private readonly scores: number[] = []
  private readonly classes: number[] = []
  private readonly rows: number[] = []
  private seen = 0
  private brokenScores = 0
  private brokenBoxes = 0

  constructor(id: string) {
    this.id = id
  }

  /**
   * A row that was looked at.
   * @returns whether it is to be added
   * @throws MODEL_OUTPUT_INVALID for what cannot be a score
   */
  isWanted(score: number, threshold: number): boolean {
    this.seen++
    if (Number.isFinite(score) && score <= MOST_SCORE) return score > threshold
    if (Number.isFinite(score))
      throw invalidOutput(
        this.id,
        `a score is ${Number(score.toPrecision(4))}, and scores lie between 0 and 1`,
      )
    this.brokenScores++
    return false
  }

  /**
   * @param label  class index, as the output has it
   * @param box  corners in model pixels
   */
  add(
    row: number,
    label: number,
    score: number,
    box: readonly [number, number, number, number],
  ): void {
    const isClass = label > -0.5 && label < MOST_CLASSES
    if (!isClass || !box.every(Number.isFinite)) {
      this.brokenBoxes++
      return
    }
    this.boxes.push(...box)
    this.scores.push(Math.min(1, score))
    this.classes.push(Math.round(label))
    this.rows.push(row)
  }

  /** @throws MODEL_OUTPUT_INVALID when nothing but broken numbers came */
  done(): FoundCandidates {
    const allScores = this.seen > 0 && this.brokenScores === this.seen
    if (this.scores.length === 0 && (allScores || this.brokenBoxes > 0))
      throw allBroken(this.id, this.seen)
    return {
      boxes: Float64Array.from(this.boxes),
      scores: Float64Array.from(this.scores),
      classes: Int32Array.from(this.classes),
      rows: Int32Array.from(this.rows),
    }
  }
}

/** Corners of a box by its centre. */
export function cornersOf(
  cx: number,
  cy: number,
  w: number,
  h: number,
): [x1: number, y1: number, x2: number, y2: number] {
  return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]
}
