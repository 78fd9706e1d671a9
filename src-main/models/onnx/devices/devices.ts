import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { ExecutionProvider } from '#shared/domain/model.ts'
import type { ModelPack } from '../../../core/ports.ts'
import { embeddingsOf } from '../pack-names.ts'
import type { PackOrder } from '../protocol.ts'
import { knownProviders, titleOf } from './known-providers.ts'
import type { TrialReport } from './trial-report.ts'
import type { Trials } from './trials.ts'

/** What models can run on, here. */
export interface Devices {
  /** All there are, tried. The first call may take a second. */
  list(): Promise<ExecutionProvider[]>
  /**
   * What a pack runs on: what a person chose, as far as it is there; else the quickest that is known to answer like the processor.
   * Nobody waits for a trial: until it has ended that is the processor.
   */
  choose(pack: ModelPack): Promise<string>
  /** As people know it. */
  title(executionProvider: string): string
  close(): void
}

/** Moving to another device is worth it from here on. */
const QUICK_ENOUGH = 0.8

/** @param known  execution providers, the processor first; for tests */
export function createDevices(trials: Trials, known = knownProviders): Devices {
  const accelerators = known.filter(({ name }) => name !== 'cpu')
  const probes = new Map<string, Promise<string>>()
  /** Once all are probed: the names of those that work. */
  let working: readonly string[] | null = null
  let probing: Promise<unknown> | null = null
  const compared = new Map<string, Map<string, TrialReport>>()
  let comparing: Promise<unknown> = Promise.resolve()

  function problemOf(name: string): Promise<string> {
    const one = known.find((other) => other.name === name)
    if (!one) return Promise.resolve('nobody knows it')
    if (name === 'cpu') return Promise.resolve('')
    const found = probes.get(name) ?? Promise.resolve(one.impossible() || trials.probe(name))
    probes.set(name, found)
    return found
  }

  async function probeAll(): Promise<void> {
    const found: string[] = []
    for (const { name } of accelerators) if ((await problemOf(name)) === '') found.push(name)
    working = found
  }

  /** In the background, one pack after the other. */
  function compare(pack: ModelPack, key: string, names: readonly string[]): void {
    compared.set(key, new Map())
    comparing = comparing.then(async () => {
      const reports = new Map<string, TrialReport>()
      for (const name of names) reports.set(name, await trials.compare(key, orderOf(pack), name))
      compared.set(key, reports)
    })
  }

  return {
    async list() {
      return Promise.all(
        known.map(async ({ name, title }) => {
          const problem = await problemOf(name)
          return { name, title, available: problem === '', problem }
        }),
      )
    },
    async choose(pack) {
      const wanted = pack.executionProvider
      if (wanted !== null) return (await problemOf(wanted)) === '' ? wanted : 'cpu'
      probing ??= probeAll()
      if (working === null && accelerators.every(({ impossible }) => impossible() !== ''))
        await probing
      if (working === null || working.length === 0) return 'cpu'
      const key = trialKey(pack)
      const reports = compared.get(key)
      if (reports) return quickest(reports)
      compare(pack, key, working)
      return 'cpu'
    },
    title: titleOf,
    close: () => trials.close(),
  }
}

function quickest(reports: ReadonlyMap<string, TrialReport>): string {
  let best = { name: 'cpu', share: QUICK_ENOUGH }
  for (const [name, { problem, ms, cpuMs }] of reports) {
    if (problem !== '' || ms === null || cpuMs === null || cpuMs <= 0) continue
    if (ms / cpuMs < best.share) best = { name, share: ms / cpuMs }
  }
  return best.name
}

/** The same model, read in the same way, wherever it lies. */
const trialKey = (pack: ModelPack) =>
  createHash('sha256').update(embeddingsOf(pack)).digest('hex').slice(0, 32)

function orderOf({ id, folder, manifest }: ModelPack): PackOrder {
  return {
    ...{ key: id, id, folder, manifest, executionProvider: 'cpu', embeddings: id },
    threads: Math.max(1, Math.floor(availableParallelism() / 2)),
  }
}
