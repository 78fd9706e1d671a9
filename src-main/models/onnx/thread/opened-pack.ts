import { join } from 'node:path'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { familyOf } from '../../families.ts'
import type {
  Detector,
  Family,
  Interactor,
  ModelFacts,
  ModelRuntime,
  Reid,
  Tracker,
} from '../../family.ts'
import { readOnnxHeader } from '../onnx-header.ts'
import type { OpenedState, PackOrder } from '../protocol.ts'
import { openSession, type Session } from './session.ts'

type OpenedNet =
  | { readonly kind: 'detector'; readonly net: Detector }
  | { readonly kind: 'interactor'; readonly net: Interactor }
  | { readonly kind: 'tracker'; readonly net: Tracker }
  | { readonly kind: 'reid'; readonly net: Reid }

/** A pack with its nets loaded, behind the arithmetic of its family. */
export type Opened = OpenedNet & {
  readonly order: PackOrder
  state(): OpenedState
  release(): Promise<void>
}

/**
 * Load a pack. Where the device that was asked for refuses, or fails later, the processor takes over.
 * @param around  puts something between the family and its nets
 * @throws MODEL_UNREADABLE, MODEL_MISFIT, MODEL_FAILED
 */
export async function openPack(
  order: PackOrder,
  around: (runtime: ModelRuntime) => ModelRuntime = (runtime) => runtime,
): Promise<{ readonly opened: Opened; readonly runtime: ModelRuntime }> {
  const { manifest } = order
  const family = familyOf(manifest.family)
  if (!family || family.kind !== manifest.kind)
    throw misfit(order, `no family called ${manifest.family} makes a ${manifest.kind}`)
  const missing = family.roles.find((role) => !manifest.files[role])
  if (missing !== undefined) throw misfit(order, `its file ${missing} is not named`)
  const nets = await loadNets(order)
  const state = () => ({ sizeBytes: nets.sizeBytes, ...nets.device() })
  try {
    const net = openFamily(family, manifest, around(nets.runtime))
    return {
      opened: { ...net, order, state, release: () => nets.release() },
      runtime: nets.runtime,
    }
  } catch (error) {
    await nets.release()
    throw error
  }
}

function openFamily(family: Family, manifest: ModelManifest, runtime: ModelRuntime): OpenedNet {
  switch (family.kind) {
    case 'detector':
      return { kind: family.kind, net: family.open(manifest, runtime) }
    case 'interactor':
      return { kind: family.kind, net: family.open(manifest, runtime) }
    case 'tracker':
      return { kind: family.kind, net: family.open(manifest, runtime) }
    case 'reid':
      return { kind: family.kind, net: family.open(manifest, runtime) }
  }
}

const misfit = ({ id }: PackOrder, problem: string) => new AppError('MODEL_MISFIT', { id, problem })

interface Nets {
  readonly runtime: ModelRuntime
  readonly sizeBytes: number
  device(): Pick<OpenedState, 'executionProvider' | 'note'>
  release(): Promise<void>
}

async function loadNets(order: PackOrder): Promise<Nets> {
  const { id, folder, manifest, threads } = order
  const facts = new Map<string, ModelFacts>()
  let device = { executionProvider: order.executionProvider, note: '' }
  let sessions = new Map<string, Session>()
  for (const [role, { path }] of Object.entries(manifest.files))
    facts.set(role, (await readOnnxHeader(join(folder, path))).facts)

  async function release(): Promise<void> {
    const before = sessions
    sessions = new Map()
    for (const session of before.values()) await session.release()
  }
  async function load(executionProvider: string): Promise<void> {
    for (const [role, { path }] of Object.entries(manifest.files)) {
      const one = { id, path: join(folder, path), facts: factsOf(role), executionProvider, threads }
      sessions.set(role, await openSession(one))
    }
  }
  function factsOf(role: string): ModelFacts {
    const found = facts.get(role)
    if (!found) throw misfit(order, `its file ${role} is not named`)
    return found
  }
  /** Once: what fails on the processor fails. */
  async function fallBack(cause: unknown): Promise<void> {
    if (device.executionProvider === 'cpu') {
      await release()
      throw cause
    }
    await release()
    device = { executionProvider: 'cpu', note: cause instanceof Error ? cause.message : '' }
    await load('cpu')
  }

  await load(order.executionProvider).catch(fallBack)
  return {
    sizeBytes: [...facts.values()].reduce((sum, one) => sum + one.sizeBytes, 0),
    device: () => device,
    release,
    runtime: {
      facts: factsOf,
      async run(role, feeds) {
        const run = () => {
          const session = sessions.get(role)
          if (!session) throw misfit(order, `its file ${role} is not named`)
          return session.run(feeds)
        }
        if (device.executionProvider === 'cpu') return run()
        try {
          return await run()
        } catch (error) {
          await fallBack(error)
          return run()
        }
      },
    },
  }
}
