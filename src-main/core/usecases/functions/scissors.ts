import type { FrameRef } from '../../ports.ts'
import type { Deps } from '../../usecase.ts'

/** The path along edges from the last point to the pointer. Points beside the picture are led to its border. */
export async function scissors(
  { functions }: Pick<Deps, 'functions'>,
  frame: FrameRef,
  how: { from: [number, number]; to: [number, number]; reach: number },
): Promise<{ path: number[] }> {
  return { path: await functions.scissors(frame, how, { lane: 'now' }) }
}
