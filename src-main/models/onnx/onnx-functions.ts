import type { FunctionId } from '#shared/domain/function.ts'
import { AppError, type ErrorBody, RemoteError } from '#shared/errors/app-error.ts'
import type {
  EmbeddingDecoder,
  FoundShape,
  FunctionCall,
  FunctionPicture,
  FunctionProvider,
  ModelPack,
  ReidBox,
} from '../../core/ports.ts'
import { completeValues } from '../parameter-values.ts'
import { matchLooks } from '../reid/match-looks.ts'
import type { Devices } from './devices/devices.ts'
import { createEmbeddingDecoder } from './embedding-decoder.ts'
import { functionInfo, packIdOf, parametersOf } from './function-info.ts'
import type { Inference, InferenceCall } from './inference.ts'
import type { PackSource } from './pack-source.ts'
import { createPictureShelf } from './picture-shelf.ts'
import { createPreparing } from './preparing.ts'
import type { InferenceVerb, InferenceVerbs } from './protocol.ts'
import { createRunTimes } from './run-times.ts'

/** What a pack runs on, as far as it has run. */
export interface RunningState {
  /** An execution provider; null before the first run. */
  readonly runsOn: string | null
  /** Why not on the one that was chosen; '' when it does. */
  readonly note: string
  /** Median of what was measured. */
  readonly speedMs: number | null
}

export interface OnnxFunctions extends FunctionProvider {
  /** For functions that look at pictures elsewhere and leave the masks to whoever asks. */
  readonly decoder: EmbeddingDecoder
  running(packId: string): RunningState
  /** Its files are about to change: nothing of it stays loaded. */
  forget(packId: string): void
  /** What it takes for a picture, measured on purpose: in place of what calls took by chance. */
  measured(packId: string, ms: number): void
}

/** Verbs whose time says how quick a model is on a picture. */
const timed = new Set<InferenceVerb>(['detect', 'interact', 'update', 'look'])

/** ONNX models as a provider of functions. Nothing is loaded before somebody asks. */
export function createOnnxFunctions({
  packs,
  inference,
  devices,
}: {
  packs: PackSource
  inference: Inference
  devices: Devices
}): OnnxFunctions {
  const shelf = createPictureShelf()
  const times = createRunTimes()
  const states = new Map<string, { runsOn: string; note: string }>()
  /** Of packs whose files and manifest turned out not to go together; until they change. */
  const misfits = new Map<string, { stamp: string; error: ErrorBody }>()

  const problemOf = (pack: ModelPack): ErrorBody | null => {
    const known = misfits.get(pack.id)
    return pack.problem ?? (known?.stamp === pack.stamp ? known.error : null)
  }

  async function find(id: FunctionId): Promise<ModelPack> {
    const pack = (await packs.list()).find((one) => one.id === packIdOf(id))
    if (!pack) throw new AppError('NOT_FOUND', { what: 'function', id })
    if (pack.problem) throw new RemoteError(pack.problem)
    return pack
  }

  async function ask<V extends InferenceVerb>(
    pack: ModelPack,
    call: Omit<InferenceCall<V>, 'executionProvider'>,
  ): Promise<InferenceVerbs[V]['answer']> {
    const executionProvider = await devices.choose(pack)
    try {
      const { result, opened, tookMs } = await inference.call(pack, { ...call, executionProvider })
      misfits.delete(pack.id)
      states.set(pack.id, { runsOn: opened.executionProvider, note: opened.note })
      if (timed.has(call.verb)) times.add(pack.id, tookMs)
      return result
    } catch (error) {
      if (error instanceof RemoteError && staysWrong.has(error.body.code))
        misfits.set(pack.id, { stamp: pack.stamp, error: error.body })
      throw error
    }
  }

  /** What the queue looks at it looks at once. */
  const pixels =
    (picture: FunctionPicture, { lane, signal }: FunctionCall) =>
    () =>
      shelf.pixels(picture, lane !== 'batch', signal)
  const laneOf = ({ lane = 'now', signal }: FunctionCall) => ({ lane, signal })
  const preparing = createPreparing(ask, pixels)

  async function update(
    pack: ModelPack,
    picture: FunctionPicture,
    tokens: readonly string[],
    call: FunctionCall,
  ): Promise<(FoundShape | null | undefined)[]> {
    const found: (FoundShape | null | undefined)[] = tokens.map(() => undefined)
    for (const [thread, places] of byThread(tokens)) {
      if (!inference.hasThread(thread)) continue
      const own = places.map((at) => tokens[at] ?? '')
      const picked = { verb: 'update', ask: { tokens: own }, thread } as const
      const answer = await ask(pack, {
        ...{ ...picked, ...laneOf(call), picture: pixels(picture, call) },
      })
      for (const [index, at] of places.entries()) found[at] = answer[index]
    }
    return found
  }

  async function look(
    pack: ModelPack,
    picture: FunctionPicture,
    boxes: readonly ReidBox[],
    call: FunctionCall,
  ) {
    if (boxes.length === 0) return []
    const points = boxes.map((box) => box.points)
    const vectors = await ask(pack, {
      ...{ verb: 'look', ask: { boxes: points }, ...laneOf(call) },
      picture: pixels(picture, call),
    })
    return boxes.map((box, at) => ({ ...box, vector: vectors[at] ?? [] }))
  }

  return {
    provider: 'onnx',
    decoder: createEmbeddingDecoder(packs, ask),
    async list() {
      const all = await packs.list()
      return all.map((pack) =>
        functionInfo(pack, {
          problem: problemOf(pack),
          device: devices.title(states.get(pack.id)?.runsOn ?? pack.executionProvider ?? 'cpu'),
          speedMs: times.median(pack.id),
        }),
      )
    },
    async detect(id, picture, call) {
      const pack = await find(id)
      const parameters = completeValues(parametersOf(pack.manifest), call.parameters)
      return ask(pack, {
        ...{ verb: 'detect', ask: { parameters }, ...laneOf(call) },
        picture: pixels(picture, call),
      })
    },
    async prepare(id, picture, call) {
      await preparing.prepare(await find(id), picture, call)
    },
    async interact(id, picture, { region: _whole, ...prompt }, call) {
      const pack = await find(id)
      const parameters = completeValues(parametersOf(pack.manifest), prompt.parameters)
      await preparing.settled(pack, picture)
      return ask(pack, {
        ...{ verb: 'interact', ask: { picture: picture.key, prompt: { ...prompt, parameters } } },
        ...{ ...laneOf(call), picture: pixels(picture, call) },
      })
    },
    async begin(id, picture, shapes, call) {
      return ask(await find(id), {
        ...{ verb: 'begin', ask: { shapes }, ...laneOf(call) },
        picture: pixels(picture, call),
      })
    },
    update: async (id, picture, tokens, call) => update(await find(id), picture, tokens, call),
    async match(id, question, call) {
      const pack = await find(id)
      const looks0 = await look(pack, question.picture0, question.boxes0, call)
      const looks1 = await look(pack, question.picture1, question.boxes1, call)
      return matchLooks(looks0, looks1, question)
    },
    measured(packId, ms) {
      times.forget(packId)
      times.add(packId, ms)
    },
    running(packId) {
      const { runsOn = null, note = '' } = states.get(packId) ?? {}
      return { runsOn, note, speedMs: times.median(packId) }
    },
    forget(packId) {
      inference.forget(packId)
      states.delete(packId)
      times.forget(packId)
    },
    async close() {
      devices.close()
      inference.close()
    },
  }
}

/** What no second try mends. */
const staysWrong = new Set(['MODEL_MISFIT', 'MODEL_UNREADABLE', 'MODEL_TOO_LARGE'])

/** Places of tokens by the thread that keeps their state. */
function byThread(tokens: readonly string[]): Map<string, number[]> {
  const threads = new Map<string, number[]>()
  for (const [at, token] of tokens.entries()) {
    const thread = token.slice(0, Math.max(0, token.lastIndexOf('/')))
    threads.set(thread, [...(threads.get(thread) ?? []), at])
  }
  return threads
}
