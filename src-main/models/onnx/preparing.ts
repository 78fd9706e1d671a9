import type { FunctionCall, FunctionPicture, ModelPack, RgbPicture } from '../../core/ports.ts'
import type { InferenceCall } from './inference.ts'
import type { InferenceVerb, InferenceVerbs } from './protocol.ts'

type Ask = <V extends InferenceVerb>(
  pack: ModelPack,
  call: Omit<InferenceCall<V>, 'executionProvider'>,
) => Promise<InferenceVerbs[V]['answer']>

/**
 * Embeddings made ahead. What is for later is made in the other lane, so that a click waits for its own picture's embedding and
 * for no other; there it is written to the disk, where the lane of clicks finds it.
 */
export interface Preparing {
  prepare(pack: ModelPack, picture: FunctionPicture, call: FunctionCall): Promise<void>
  /** Wait for the embedding of a picture while it is being made: sooner there than made a second time. Never throws. */
  settled(pack: ModelPack, picture: FunctionPicture): Promise<void>
}

export function createPreparing(
  ask: Ask,
  pixels: (picture: FunctionPicture, call: FunctionCall) => () => Promise<RgbPicture>,
): Preparing {
  const running = new Map<string, Promise<unknown>>()
  const nameOf = (pack: ModelPack, picture: FunctionPicture) => `${pack.id} ${picture.key}`

  async function make(
    pack: ModelPack,
    picture: FunctionPicture,
    call: FunctionCall,
  ): Promise<void> {
    const { lane = 'now', signal } = call
    const common = { ask: { picture: picture.key }, lane, signal }
    const isThere = await ask(pack, { ...common, verb: 'isPrepared', picture: null })
    if (isThere) return
    let isDone: (value: unknown) => void = () => undefined
    // Only once its pixels are read and its turn has come is there something to wait for.
    const read = async () => {
      const found = await pixels(picture, call)()
      running.set(nameOf(pack, picture), new Promise((resolve) => (isDone = resolve)))
      return found
    }
    try {
      const prepared = { picture: picture.key, isNext: lane === 'now' }
      await ask(pack, { ...common, ask: prepared, verb: 'prepare', picture: read })
    } finally {
      running.delete(nameOf(pack, picture))
      isDone(undefined)
    }
  }

  return {
    async prepare(pack, picture, call) {
      if (call.lane !== 'batch') await running.get(nameOf(pack, picture))
      await make(pack, picture, call)
    },
    async settled(pack, picture) {
      await running.get(nameOf(pack, picture))
    },
  }
}
