import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Client } from '../connect.ts'
import { EXIT } from '../failure.ts'
import { findFunction } from '../function-option.ts'
import { drawTo, foundLines, frameOf } from '../functions/call-answer.ts'
import { box, parameter, place } from '../functions/place-options.ts'
import { share, wholeNumber, wrongUsage } from '../options.ts'
import type { Cli, Session } from '../session.ts'

export interface CallOptions {
  readonly image?: string
  readonly task?: number
  readonly frame?: number
  readonly threshold?: number
  readonly param?: Record<string, string | number | boolean>
  readonly click?: [number, number][]
  readonly notHere?: [number, number][]
  readonly box?: [number, number, number, number]
  readonly to?: number
  readonly out?: string
}

export function addFunctionCall(parent: Command, cli: Cli): void {
  parent
    .command('call')
    .description('try a function on a picture; nothing is stored')
    .argument('<id>', 'its id or name, as `function ls` shows them')
    .option('--image <file>', 'a picture (detectors)')
    .option('--task <id>', 'a task, whose frame is looked at', wholeNumber(1))
    .option('--frame <n>', 'which frame of the task', wholeNumber(0))
    .option('--threshold <share>', "detectors: least score (else the function's own)", share)
    .option('--param <name=value>', 'another parameter of the function', parameter)
    .option('--click <x,y>', 'interactors: on the object; may be given many times', place)
    .option('--not-here <x,y>', 'interactors: not on the object', place)
    .option('--box <x1,y1,x2,y2>', 'interactors and trackers: around the object', box)
    .option('--to <n>', 'trackers: find it again on this frame (else the next)', wholeNumber(0))
    .option('--out <file>', 'draw what was found over the picture, as SVG')
    .action((id: string, options: CallOptions) => cli.run((session) => call(session, id, options)))
}

function call(session: Session, id: string, options: CallOptions): Promise<number> {
  return session.withCore(async (connection) => {
    const { client } = connection
    const info = await findFunction(client, id)
    const answer = await KINDS[info.kind](client, info, options, session)
    const { detections, tookMs } = answer
    const document = { functionId: info.id, kind: info.kind, ...answer }
    session.out.result(document, () => foundLines(detections).join('\n'))
    session.out.note(`${detections.length} found in ${Math.round(tookMs)} ms.`)
    if (options.out !== undefined) {
      const path = resolve(session.cwd, options.out)
      await drawTo(path, detections, connection, { ...options, cwd: session.cwd })
      session.out.note(path)
    }
    return EXIT.done
  })
}

type Kind = (
  client: Client,
  info: FunctionInfo,
  options: CallOptions,
  session: Session,
) => ReturnType<Client['functions']['call']>

const KINDS: Readonly<Record<FunctionInfo['kind'], Kind>> = {
  detector: (client, { id }, { image, threshold, param = {}, ...options }, { cwd }) =>
    client.functions.call({
      functionId: id,
      picture: image === undefined ? frameOf(options) : { path: resolve(cwd, image) },
      parameters: threshold === undefined ? param : { ...param, threshold },
    }),

  async interactor(client, { id, name }, options) {
    const { click = [], notHere = [] } = options
    if (click.length === 0 && options.box === undefined)
      throw wrongUsage('Say where the object is with --click or --box.', 'function call')
    const { mask, outline, score, tookMs } = await client.functions.interact({
      ...frameOf(options),
      functionId: id,
      positive: click,
      negative: notHere,
      box: options.box ?? null,
      parameters: options.param ?? {},
    })
    const shape = { ...NOTHING, label: name, score }
    if (mask) return { tookMs, detections: [{ ...shape, type: 'mask', points: mask, outline }] }
    if (outline) return { tookMs, detections: [{ ...shape, type: 'polygon', points: outline }] }
    return { tookMs, detections: [] }
  },

  async tracker(client, { id, name }, options) {
    if (options.box === undefined)
      throw wrongUsage('Say with --box what to follow.', 'function call')
    const { taskId, frame } = frameOf(options)
    const started = performance.now()
    const { objects } = await client.trackers.follow({
      taskId,
      tracker: id,
      from: frame,
      to: frameOf({ ...options, frame: options.to ?? frame + 1 }).frame,
      objects: [{ shape: { type: 'rectangle', points: options.box } }],
    })
    const shape = objects[0]?.shape
    const tookMs = performance.now() - started
    return { tookMs, detections: shape ? [{ ...NOTHING, label: name, ...shape }] : [] }
  },

  reid() {
    throw wrongUsage(
      'Re-identification compares boxes of two frames: link the boxes of a task in the app to try it.',
      'function call',
    )
  },
}

const NOTHING = { rotation: 0, group: 0, attributes: [], elements: [], outline: null }
