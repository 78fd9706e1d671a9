import { clampToImage, type ImageBox, type ImagePoint, type ImageSize } from '../geometry/space.ts'
import { Changing } from './changing.ts'
import type { Mark } from './tool-state.ts'

export interface Click extends ImagePoint {
  /** On the object; otherwise beside it. */
  readonly isPositive: boolean
}

/** What has been pointed at so far. A value: another click is another prompt, and undo finds the very same one again. */
export interface Prompt {
  readonly clicks: readonly Click[]
  readonly box: ImageBox | null
  /** What this adds to: an answer to that may be refined. null where something was taken away. */
  readonly refines: Prompt | null
}

/** What an interactor wants to be told; see `interactorPromptsSchema`. */
export interface PromptRules {
  /** 0: a box alone is enough. */
  readonly minPositive: number
  /** null: it takes no negative clicks. */
  readonly minNegative: number | null
  readonly box: 'none' | 'optional' | 'required'
}

export const EMPTY_PROMPT: Prompt = { clicks: [], box: null, refines: null }

/** Image pixels: a smaller box is a slip of the hand. */
const SMALLEST_BOX = 2

/**
 * One object being pointed at, from the first look at the tool until it is finished or left. Has its own undo: clicks, not
 * steps of the document. Whoever made it asks the function, and gives what it found back as marks.
 */
export class InteractSession extends Changing {
  readonly imageSize: ImageSize
  readonly rules: PromptRules
  #prompts: Prompt[]
  #at = 0
  #isHeld = false
  #isBlocked = false
  #leftIsPositive = true
  #pointer: ImagePoint | null = null
  #found: readonly Mark[] = []

  /** @param first  what it begins with: the box around a shape that is to be outlined better */
  constructor(imageSize: ImageSize, rules: PromptRules, first: Prompt = EMPTY_PROMPT) {
    super()
    this.imageSize = imageSize
    this.rules = rules
    this.#prompts = [first]
  }

  get prompt(): Prompt {
    return this.#prompts[this.#at] ?? EMPTY_PROMPT
  }

  get isEmpty(): boolean {
    return this.prompt.clicks.length === 0 && this.prompt.box === null
  }

  /** Enough for a first answer. */
  get isEnough(): boolean {
    const { minPositive, minNegative } = this.rules
    const { clicks } = this.prompt
    const positive = clicks.filter(({ isPositive }) => isPositive).length
    if (this.needsBox) return false
    // Nothing but what the object is not tells nobody what it is.
    const fewest = Math.max(minPositive, this.prompt.box ? 0 : 1)
    return positive >= fewest && clicks.length - positive >= (minNegative ?? 0)
  }

  /** A box has to be drawn before anything can be clicked. */
  get needsBox(): boolean {
    return this.rules.box === 'required' && this.prompt.box === null
  }

  /** Requests wait: Ctrl is held, or the Block button is on. */
  get isPostponed(): boolean {
    return this.#isHeld || this.#isBlocked
  }

  /** Ctrl, as the pointer and the keyboard tell it. */
  set isHeld(isHeld: boolean) {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.changed()
  }

  get isBlocked(): boolean {
    return this.#isBlocked
  }

  set isBlocked(isBlocked: boolean) {
    this.#isBlocked = isBlocked
    this.changed()
  }

  /** What the left button puts; the right one puts the other. */
  get leftIsPositive(): boolean {
    return this.#leftIsPositive
  }

  set leftIsPositive(isPositive: boolean) {
    this.#leftIsPositive = isPositive
    this.changed()
  }

  /** Where the pointer rests over the picture, and nothing else is going on; null otherwise. */
  get pointer(): ImagePoint | null {
    return this.#pointer
  }

  set pointer(at: ImagePoint | null) {
    if (at?.x === this.#pointer?.x && at?.y === this.#pointer?.y) return
    this.#pointer = at
    this.changed()
  }

  /** What the function found, painted under the clicks. */
  get found(): readonly Mark[] {
    return this.#found
  }

  set found(marks: readonly Mark[]) {
    this.#found = marks
    this.changed()
  }

  get canUndo(): boolean {
    return this.#at > 0
  }

  get canRedo(): boolean {
    return this.#at < this.#prompts.length - 1
  }

  /** @returns why it cannot be, a key of the locale file `canvas`; null when it was added */
  click(at: ImagePoint, isPositive: boolean): string | null {
    if (!isInside(at, this.imageSize)) return 'interactOutside'
    if (this.needsBox) return 'interactBoxFirst'
    if (!isPositive && this.rules.minNegative === null) return 'interactNoNegative'
    const { prompt } = this
    this.#push({ ...prompt, clicks: [...prompt.clicks, { ...at, isPositive }], refines: prompt })
    return null
  }

  /** Takes the place of a box that is there. @returns as `click` */
  span({ x1, y1, x2, y2 }: ImageBox): string | null {
    const [a, b] = [
      { x: x1, y: y1 },
      { x: x2, y: y2 },
    ].map((one) => clampToImage(one, this.imageSize)) as [ImagePoint, ImagePoint]
    if (this.rules.box === 'none') return 'interactNoBox'
    if (b.x - a.x < SMALLEST_BOX || b.y - a.y < SMALLEST_BOX) return 'rectangleTooSmall'
    const box = { x1: a.x, y1: a.y, x2: b.x, y2: b.y }
    // Another box means another object: what was found in the old one says nothing about it.
    const refines = this.prompt.box ? null : this.prompt
    this.#push({ ...this.prompt, box, refines })
    return null
  }

  /** Takes a click away. @param index  into the prompt's clicks */
  remove(index: number): void {
    const { clicks, box } = this.prompt
    this.#push({ clicks: clicks.filter((_, at) => at !== index), box, refines: null })
  }

  /** Back to nothing, which undo takes back. */
  clear(): void {
    if (!this.isEmpty) this.#push(EMPTY_PROMPT)
  }

  /** @returns false when there was nothing to take back */
  undo(): boolean {
    if (!this.canUndo) return false
    this.#at -= 1
    this.changed()
    return true
  }

  redo(): void {
    if (!this.canRedo) return
    this.#at += 1
    this.changed()
  }

  #push(prompt: Prompt): void {
    this.#prompts = [...this.#prompts.slice(0, this.#at + 1), prompt]
    this.#at += 1
    this.changed()
  }
}

function isInside({ x, y }: ImagePoint, { width, height }: ImageSize): boolean {
  return x >= 0 && y >= 0 && x < width && y < height
}
