import type { Connection } from '#shared/contract/connections.ts'
import {
  type FunctionId,
  type FunctionInfo,
  type FunctionParameter,
  functionIdSchema,
} from '#shared/domain/function.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { boxForms, type NuclioFunction } from '#shared/functions/nuclio/nuclio-function.ts'
import type { Listed } from './dashboard.ts'
import { ANY_DECODER } from './segmenting.ts'
import { isLocal } from './transport/addresses.ts'

export function functionIdOf(connectionId: string, name: string): FunctionId {
  return functionIdSchema.parse(`nuclio/${connectionId}/${name}`)
}

/** What is known of a function besides its description. */
export interface Circumstances {
  /** Why its connection cannot be asked. */
  readonly fault: ErrorBody | null
  /** Its connection is being asked for the first time. */
  readonly pending: boolean
  readonly speedMs: number | null
  /** It gives embeddings, and these models can decode some; null: it does not, as far as is known. */
  readonly decoders: readonly string[] | null
}

/** A function as screen and queue know it. */
export function infoOf(
  connection: Connection,
  listed: Listed,
  { fault, pending, speedMs, decoders }: Circumstances,
): FunctionInfo {
  const one = listed.function
  const url = new URL(connection.url)
  const id = functionIdOf(connection.id, one.name)
  const state = fault ? 'failed' : pending ? 'waiting' : stateOf(connection, listed)
  return {
    id,
    kind: one.kind,
    provider: 'nuclio',
    name: one.title,
    framework: one.framework,
    description: one.description,
    labels: [...one.labels],
    parameters: [...parametersOf(one), ...(decoders ? [decoderChoice(decoders)] : [])],
    prompts: one.prompts && { ...one.prompts, preparable: decoders !== null },
    shapeTypes: [...one.shapeTypes],
    help: one.help,
    state,
    problem: state === 'failed' ? (fault ?? unavailable(id, connection, listed).toBody()) : null,
    device: url.host,
    speedMs,
    remote: !isLocal(url),
  }
}

/** `waiting` for what Nuclio is at work on. */
export function stateOf(connection: Connection, listed: Listed): FunctionInfo['state'] {
  if (CALLABLE.has(listed.state))
    return needsPort(connection) && listed.httpPort === null ? 'failed' : 'ready'
  return listed.state === 'error' || listed.state === 'unhealthy' || listed.state === 'imported'
    ? 'failed'
    : 'waiting'
}

/** `scaledToZero` wakes when it is called; older dashboards say nothing. */
const CALLABLE = new Set(['ready', 'scaledToZero', ''])

const needsPort = ({ via, invoke }: Connection) => via === 'dashboard' && invoke === 'direct'

/** Why a function that is listed cannot be called. */
export function unavailable(
  id: FunctionId,
  connection: Connection,
  { state, message, httpPort }: Listed,
): AppError {
  if (CALLABLE.has(state) && needsPort(connection) && httpPort === null)
    return new AppError('FUNCTION_UNAVAILABLE', {
      id,
      detail:
        'its port is not published, so it can only be called through the dashboard (or set triggers.….attributes.port and deploy it again)',
    })
  const detail =
    state === 'imported'
      ? 'Nuclio knows it and has not deployed it'
      : `Nuclio says it is in the state ${state}${message === '' ? '' : ` (${message.replace(/\.$/, '')})`}`
  return new AppError('FUNCTION_UNAVAILABLE', { id, detail })
}

function parametersOf({ kind, prompts, boxForm }: NuclioFunction): FunctionParameter[] {
  if (kind === 'detector') return [THRESHOLD]
  if (kind !== 'interactor' || prompts?.box === 'none') return []
  return [
    {
      name: 'box',
      type: 'choice',
      choices: ['as it takes it', ...boxForms],
      defaultValue: boxForm ?? 'as it takes it',
      help: 'How a box is sent: nested [[x1, y1], [x2, y2]] as CVAT does, or flat [x1, y1, x2, y2].',
    },
  ]
}

function decoderChoice(decoders: readonly string[]): FunctionParameter {
  return {
    name: 'decoder',
    type: 'choice',
    choices: [ANY_DECODER, ...decoders],
    defaultValue: ANY_DECODER,
    help: 'The model on this machine that makes masks of what this function answers. It has to belong to the same weights.',
  }
}

/** What functions take for granted differs; most say 0.5. It is sent only when somebody sets it. */
const THRESHOLD: FunctionParameter = {
  name: 'threshold',
  type: 'number',
  min: 0,
  max: 1,
  step: 0.01,
  defaultValue: 0.5,
  help: '',
}
