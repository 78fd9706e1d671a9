import { type Fields, fieldsIn, isFields, textOf } from './plain-values.ts'

/** What a function's HTTP trigger allows. */
export interface HttpTrigger {
  /** Calls at a time. */
  readonly workers: number
  /** Of a request; null where nothing is said (Nuclio's own default has changed between versions). */
  readonly mostBodyBytes: number | null
  /** How long a call waits for a free worker. */
  readonly workerWaitMs: number
}

const MOST_WORKERS = 64
const DEFAULT_WAIT_MS = 10_000

/** Of `spec`: the first trigger of kind http. Limits that are no positive numbers count as not said. */
export function readHttpTrigger(spec: Fields): HttpTrigger {
  const triggers = Object.values(fieldsIn(spec.triggers)).filter(isFields)
  const http = triggers.find(({ kind }) => kind === 'http') ?? {}
  const body = positive(fieldsIn(http.attributes).maxRequestBodySize)
  const workers = positive(http.numWorkers) ?? positive(http.maxWorkers) ?? 1
  return {
    workers: Math.min(MOST_WORKERS, workers),
    mostBodyBytes: body,
    workerWaitMs: positive(http.workerAvailabilityTimeoutMilliseconds) ?? DEFAULT_WAIT_MS,
  }
}

function positive(value: unknown): number | null {
  const number = Number(textOf(value) ?? Number.NaN)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
