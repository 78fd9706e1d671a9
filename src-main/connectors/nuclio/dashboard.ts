/** What Nuclio's dashboard lists: `GET /api/functions`. */
import type { Connection } from '#shared/contract/connections.ts'
import { AppError } from '#shared/errors/app-error.ts'
import {
  type NuclioFunction,
  readNuclioFunction,
} from '#shared/functions/nuclio/nuclio-function.ts'
import { fieldsIn, isFields, textOf } from '#shared/functions/nuclio/plain-values.ts'
import { under } from './transport/addresses.ts'
import type { Answer } from './transport/exchange.ts'
import { AnswerProblem, jsonAnswer, jsonText } from './transport/json-answer.ts'
import type { Network } from './transport/network.ts'
import { faultError, faultOf } from './transport/network-fault.ts'
import { wordsOf } from './transport/words.ts'

/** A function of a dashboard, as far as it can be used. */
export interface Listed {
  readonly function: NuclioFunction
  /** Nuclio's word: `ready`, `building`, `error` … */
  readonly state: string
  /** What Nuclio says of that state; '' for nothing. */
  readonly message: string
  /** Of the host that runs it; null: not published. */
  readonly httpPort: number | null
}

export interface LeftOut {
  readonly name: string
  readonly kind: string
  readonly state: string
  /** A clause without a full stop. */
  readonly problem: string
}

export interface Listing {
  readonly functions: readonly Listed[]
  /** Functions of other kinds, and those that cannot be read. */
  readonly leftOut: readonly LeftOut[]
}

const MOST_BYTES = 64 * 2 ** 20
const MOST_FUNCTIONS = 2_000

/** A list is quick: who takes longer than this does not answer. */
const LONGEST_LIST_SECONDS = 15

/** @throws CONNECTION_*, CANCELLED */
export async function listFunctions(
  network: Network,
  connection: Connection,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<{ readonly listing: Listing; readonly raw: string }> {
  const url = under(new URL(connection.url), '/api/functions')
  const seconds = Math.min(connection.timeoutSeconds, LONGEST_LIST_SECONDS)
  const said = { what: connection.name, url, seconds }
  const answer = await network
    .ask(
      { connectionId: connection.id, what: 'list functions' },
      {
        url,
        method: 'GET',
        headers: {
          ...headers,
          ...(connection.project === '' ? {} : { 'x-nuclio-project-name': connection.project }),
          ...(connection.namespace === ''
            ? {}
            : { 'x-nuclio-function-namespace': connection.namespace }),
        },
        body: [],
        timeoutMs: seconds * 1000,
        mostAnswerBytes: MOST_BYTES,
        signal,
      },
    )
    .catch((error: unknown) => {
      throw faultError(faultOf(error), said)
    })
  const values = valuesOf(answer, connection.name, url)
  return { listing: readListing(values), raw: rawOf(values, connection.name, url) }
}

/** Keyed by name, and only what is used of each. */
export type KeptFunctions = Readonly<Record<string, unknown>>

function valuesOf(answer: Answer, what: string, url: URL): KeptFunctions {
  const place = `${url.protocol}//${url.host}`
  const invalid = refusing(what, url)
  if (answer.status >= 300 && answer.status < 400)
    throw invalid(`it points to ${answer.location.slice(0, 200) || 'another address'}`)
  if (answer.status !== 200) {
    const { status, bytes } = answer
    throw new AppError('CONNECTION_STATUS', { what, url: place, status, detail: wordsOf(bytes) })
  }
  const value = read(() => jsonAnswer(answer.bytes), invalid)
  if (!isFields(value)) throw invalid('what it lists is no object of functions')
  const entries = Object.entries(value)
  if (entries.length > MOST_FUNCTIONS)
    throw invalid(`it lists more than ${MOST_FUNCTIONS} functions`)
  return Object.fromEntries(entries.map(([name, one]) => [name, kept(one)]))
}

function rawOf(values: KeptFunctions, what: string, url: URL): string {
  return read(() => jsonText(values, ''), refusing(what, url))
}

function refusing(what: string, url: URL): (problem: string) => AppError {
  const place = `${url.protocol}//${url.host}`
  return (problem) => new AppError('CONNECTION_ANSWER_INVALID', { what, url: place, problem })
}

function read<T>(work: () => T, invalid: (problem: string) => AppError): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof AnswerProblem ? invalid(error.problem) : error
  }
}

/** Deployed functions carry build logs of megabytes. */
function kept(value: unknown): unknown {
  const { metadata, spec, status } = fieldsIn(value)
  const { name, annotations } = fieldsIn(metadata)
  const { description, triggers, eventTimeout } = fieldsIn(spec)
  const { state, httpPort, message } = fieldsIn(status)
  return {
    metadata: { name, annotations },
    spec: { description, triggers, eventTimeout },
    status: { state, httpPort, message },
  }
}

/** What was listed, or was kept of an earlier list. */
export function readListing(values: KeptFunctions): Listing {
  const functions: Listed[] = []
  const leftOut: LeftOut[] = []
  for (const [key, value] of Object.entries(values)) {
    const reading = readNuclioFunction(value, key)
    const status = fieldsIn(fieldsIn(value).status)
    const state = textOf(status.state)?.slice(0, 100) ?? ''
    if ('function' in reading) {
      const message = textOf(status.message)?.trim().slice(0, 500) ?? ''
      functions.push({ function: reading.function, state, message, httpPort: portOf(status) })
    } else {
      const kind = textOf(fieldsIn(fieldsIn(fieldsIn(value).metadata).annotations).type) ?? ''
      leftOut.push({ name: reading.name, kind: kind.slice(0, 50), state, problem: reading.problem })
    }
  }
  return { functions, leftOut }
}

function portOf({ httpPort }: Readonly<Record<string, unknown>>): number | null {
  const port = Number(textOf(httpPort) ?? Number.NaN)
  return Number.isSafeInteger(port) && port > 0 && port < 65_536 ? port : null
}
