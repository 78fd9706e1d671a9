/** Trackers: what their functions remember of objects is kept here between the calls, behind tokens. */
import type { FoundShape, FunctionCall, FunctionPicture, TrackedShape } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Callee, Calls } from './calls.ts'
import { reading, whatFor } from './questions.ts'
import type { Reader } from './reading/reader.ts'
import { createTrackerStates, type Followed } from './tracker-states.ts'
import { sizeOf } from './wire/body.ts'
import { beginBody, updateBody } from './wire/tracker.ts'

/** States of some functions are tens of megabytes an object. */
const MOST_ANSWER_BYTES = 256 * 2 ** 20

/** What CVAT's signed states say when they are too old, or another function's. */
const EXPIRED = /invalid or expired tracker state/i

export interface Following {
  begin(
    callee: Callee,
    picture: FunctionPicture,
    shapes: readonly TrackedShape[],
    call: FunctionCall,
  ): Promise<string[]>
  update(
    callee: Callee,
    picture: FunctionPicture,
    tokens: readonly string[],
    call: FunctionCall,
  ): Promise<(FoundShape | null | undefined)[]>
}

interface Known extends Followed {
  /** Its place among the tokens asked for. */
  readonly at: number
  readonly token: string
}

/** @param mostBytes  of all states together */
export function createFollowing(calls: Calls, reader: Reader, mostBytes?: number): Following {
  const states = createTrackerStates(mostBytes)

  async function ask(
    callee: Callee,
    call: FunctionCall,
    question: { readonly what: string; readonly body: readonly Uint8Array[] },
  ): Promise<Uint8Array> {
    return calls.make(callee, { ...call, ...question, mostAnswerBytes: MOST_ANSWER_BYTES })
  }

  /** Objects of one call share its picture. */
  async function go(
    callee: Callee,
    what: string,
    image: Uint8Array,
    known: readonly Known[],
    call: FunctionCall,
  ): Promise<(FoundShape | null | undefined)[]> {
    const body = updateBody(image, known, formOf(callee))
    const answer = await ask(callee, call, { what, body }).catch((error: unknown) => {
      if (isExpired(error)) return null
      throw error
    })
    if (answer === null) {
      for (const { token } of known) states.forget(token)
      return known.map(() => undefined)
    }
    const types = known.map(({ shape }) => shape.type)
    const tracked = await reading(reader, callee, 'update', { types }, answer)
    return known.map(({ token, shape }, at) => {
      const found = tracked.shapes[at] ?? null
      const state = tracked.states[at] ?? 'null'
      states.replace(token, { functionId: callee.id, shape: found ?? shape, state })
      return found
    })
  }

  return {
    async begin(callee, picture, shapes, call) {
      if (shapes.length === 0) return []
      const { bytes } = await picture.encoded(call.signal)
      const answer = await ask(callee, call, {
        what: whatFor('track', callee, picture),
        body: beginBody(bytes, shapes, formOf(callee)),
      })
      const begun = await reading(reader, callee, 'begin', { count: shapes.length }, answer)
      return shapes.map((shape, at) =>
        states.keep({ functionId: callee.id, shape, state: begun[at] ?? 'null' }),
      )
    },

    async update(callee, picture, tokens, call) {
      const known = tokens.flatMap((token, at): Known[] => {
        const found = states.find(token, callee.id)
        return found ? [{ ...found, at, token }] : []
      })
      const answers: (FoundShape | null | undefined)[] = tokens.map(() => undefined)
      if (known.length === 0) return answers
      const { bytes } = await picture.encoded(call.signal)
      const what = whatFor('track', callee, picture)
      for (const part of partsOf(known, bytes, callee)) {
        const found = await go(callee, what, bytes, part, call)
        for (const [i, { at }] of part.entries()) answers[at] = found[i]
      }
      return answers
    },
  }
}

const formOf = ({ listed }: Callee) => (listed.function.isLegacyTracker ? 'legacy' : 'typed')

function isExpired(error: unknown): boolean {
  return (
    error instanceof AppError && error.code === 'FUNCTION_FAILED' && EXPIRED.test(error.message)
  )
}

/** As many objects a call as the function's largest body takes; at least one. */
function partsOf(known: readonly Known[], image: Uint8Array, callee: Callee): Known[][] {
  const limit = callee.listed.function.trigger.mostBodyBytes
  if (limit === null) return [[...known]]
  const form = formOf(callee)
  const bytesOf = (part: readonly Known[]) => sizeOf(updateBody(new Uint8Array(), part, form))
  const room = limit - Math.ceil(image.byteLength / 3) * 4 - 2
  const parts: Known[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const one of known) {
    const bytes = bytesOf([one])
    if (used + bytes > room) {
      parts.push([])
      used = 0
    }
    parts.at(-1)?.push(one)
    used += bytes
  }
  return parts
}
