/** One click at the centre of what is seen of a thing, or its exact box, as the card of desk-sam measured it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionProvider, InteractorPrompt } from '#main/core/ports.ts'
import { functionIdSchema } from '#shared/domain/function.ts'
import { decodeMask } from '#shared/geometry/mask.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import type { Sample, Thing } from './sample.ts'

const SAM = functionIdSchema.parse('onnx/desk-sam')
const nothing: InteractorPrompt = {
  ...{ positive: [], negative: [], box: null, region: null, previous: null, parameters: {} },
}

/**
 * @param folder  with `picks.json`: of each picture the layers (`z`) of up to three things, those the card drew at random
 * @returns mean intersection over union
 */
export async function clickScores(
  functions: FunctionProvider,
  folder: string,
  { pictures, things }: Sample,
): Promise<{ click: number; box: number; count: number }> {
  const picks = JSON.parse(readFileSync(join(folder, 'picks.json'), 'utf8')) as number[][]
  const [click, box]: [number[], number[]] = [[], []]
  for (const [at, { id, picture }] of pictures.entries())
    for (const layer of picks[at] ?? []) {
      const thing = things.find((one) => one.picture === id && one.layer === layer)
      if (!thing) continue
      const score = async (prompt: Partial<InteractorPrompt>) => {
        const answer = await functions.interact(SAM, picture, { ...nothing, ...prompt }, {})
        return answer.mask ? maskIoU(answer.mask, thing.mask) : 0
      }
      const { centre, edges } = measured(thing)
      click.push(await score({ positive: [centre] }))
      box.push(await score({ box: edges }))
    }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  return { click: mean(click), box: mean(box), count: click.length }
}

/** The mean of its pixels' centres, and the box around them. */
function measured({ mask }: Thing) {
  const { left, top, width, height, data } = decodeMask(mask)
  let [x, y, count] = [0, 0, 0]
  for (let i = 0; i < data.length; i += 1) {
    if (!data[i]) continue
    x += left + (i % width) + 0.5
    y += top + Math.floor(i / width) + 0.5
    count += 1
  }
  return {
    centre: [x / count, y / count] as const,
    edges: [left, top, left + width, top + height] as const,
  }
}
