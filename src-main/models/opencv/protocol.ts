import type { Detection } from '#shared/domain/detection.ts'
import type { ParameterValues } from '#shared/domain/function.ts'
import type { InteractorPrompt, RgbPicture, TrackedBox } from '../../core/ports.ts'

/** What the thread of OpenCV can be asked, and what it answers. */
export interface OpenCvVerbs {
  begin: { ask: { boxes: readonly TrackedBox[] }; answer: string[] }
  update: { ask: { tokens: readonly string[] }; answer: (TrackedBox | null | undefined)[] }
  grabCut: { ask: PromptAsked; answer: number[] | null }
  magicWand: { ask: PromptAsked; answer: number[] | null }
  findPeople: { ask: { parameters: ParameterValues }; answer: Detection[] }
  scissors: {
    ask: {
      from: readonly [number, number]
      to: readonly [number, number]
      reach: number
    }
    answer: number[]
  }
}
interface PromptAsked {
  prompt: InteractorPrompt
  parameters: ParameterValues
}
export type OpenCvVerb = keyof OpenCvVerbs

export interface ToOpenCv {
  readonly ticket: number
  readonly verb: OpenCvVerb
  /** Names the picture; the thread keeps the last one. */
  readonly key: string
  /** Left out when the thread has it. Copied to it otherwise. */
  readonly picture?: RgbPicture
  readonly ask: OpenCvVerbs[OpenCvVerb]['ask']
}

export type FromOpenCv =
  | { readonly ticket: number; readonly result: unknown }
  | { readonly ticket: number; readonly problem: string }
