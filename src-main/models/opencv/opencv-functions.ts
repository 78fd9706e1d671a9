import type { FunctionId, FunctionInfo, ParameterValues } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type {
  FunctionCall,
  FunctionPicture,
  FunctionProvider,
  Scissors,
  TrackedBox,
  TrackedShape,
} from '../../core/ports.ts'
import { known } from './known.ts'
import { createOpenCvThread } from './opencv-thread.ts'
import { createSpeeds } from './speeds.ts'

/** OpenCV as a provider of functions, and its scissors. Nothing is loaded before somebody asks for something. */
export function createOpenCvFunctions(): FunctionProvider & Scissors {
  const thread = createOpenCvThread()
  const speeds = createSpeeds()

  function without(id: FunctionId, wanted: string): never {
    const kind = known.find((one) => one.id === id)?.kind ?? 'unknown function'
    throw new AppError('FUNCTION_WRONG_KIND', { id, kind, wanted })
  }

  return {
    provider: 'opencv',
    list: async () => known.map((one) => ({ ...one, speedMs: speeds.median(one.id) })),
    async detect(id, picture, { parameters, signal }) {
      if (id !== 'opencv/hog-people') return without(id, 'detector')
      const asked = { parameters: completed(id, parameters) }
      return speeds.measure(id, () => thread.ask(id, 'findPeople', picture, asked, signal))
    },
    async prepare() {
      // Nothing can be made ahead.
    },
    async interact(id, picture, prompt, { signal }) {
      const verb = id === 'opencv/grabcut' ? 'grabCut' : 'magicWand'
      if (verb === 'magicWand' && id !== 'opencv/magic-wand') return without(id, 'interactor')
      const asked = { prompt, parameters: completed(id, prompt.parameters) }
      const mask = await speeds.measure(id, () => thread.ask(id, verb, picture, asked, signal))
      return { mask, outline: null, score: null, token: null }
    },
    begin: (id, picture, shapes, call) =>
      thread.ask(id, 'begin', picture, { boxes: shapes.map(boxOf) }, call.signal),
    async update(id, picture, tokens, { signal }: FunctionCall) {
      const boxes = await speeds.measure(id, () =>
        thread.ask(id, 'update', picture, { tokens }, signal),
      )
      return boxes.map(
        (points) =>
          points && { type: 'rectangle' as const, points: [...points], rotation: 0, score: null },
      )
    },
    match: async (id) => without(id, 'reid'),
    scissors: (picture: FunctionPicture, { from, to, reach }, call: FunctionCall) =>
      thread.ask('opencv/scissors', 'scissors', picture, { from, to, reach }, call.signal),
    close: () => thread.close(),
  }
}

function boxOf({ points: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }: TrackedShape): TrackedBox {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

/** Numbers within their bounds, choices that exist; what is not given as the function has it. */
function completed(id: FunctionId, given: ParameterValues): ParameterValues {
  const { parameters = [] } = known.find((one) => one.id === id) ?? ({} as Partial<FunctionInfo>)
  return Object.fromEntries(
    parameters.map((parameter) => {
      const value = given[parameter.name]
      if (parameter.type !== 'number' || typeof value !== 'number')
        return [
          parameter.name,
          typeof value === typeof parameter.defaultValue ? value : parameter.defaultValue,
        ]
      return [parameter.name, Math.max(parameter.min, Math.min(parameter.max, value))]
    }),
  ) as ParameterValues
}
