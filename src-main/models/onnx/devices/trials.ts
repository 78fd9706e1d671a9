import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { RunScript } from '../../../core/ports.ts'
import type { PackOrder } from '../protocol.ts'
import { runWithNode } from './run-script.ts'
import {
  type TrialOrder,
  type TrialReport,
  type TrialWork,
  trialReportSchema,
} from './trial-report.ts'

/** In a checkout Node runs the TypeScript itself; a bundle has `provider-trial.js` beside it. */
const SCRIPT = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../provider-trial.ts', import.meta.url)
    : new URL('./provider-trial.js', import.meta.url),
)
const PROBE_MS = 30_000
/** Some compile a model for minutes before its first run: nobody would want to wait for that at each start. */
const COMPARE_MS = 120_000
const MOST_KEPT = 500

/** Execution providers, tried in processes of their own. */
export interface Trials {
  /** @returns why it does not work here, a clause; '' when it does */
  probe(executionProvider: string): Promise<string>
  /** With a model, against the processor; made once and kept. @param key  names the model */
  compare(key: string, pack: PackOrder, executionProvider: string): Promise<TrialReport>
  close(): void
}

/** Another runtime, or another machine, is another thing to measure. */
function thisMachine(): string {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json')
  return [version, process.platform, process.arch, cpus()[0]?.model ?? ''].join(' ')
}

const keptSchema = z.object({
  /** Trials of another runtime, or another kind of machine, tell nothing. */
  machine: z.string(),
  reports: z.array(z.tuple([z.string(), trialReportSchema])),
})

/** @param file  where comparisons are kept; a damaged one is as if there had been none */
export function createTrials(file: string, runScript: RunScript = runWithNode): Trials {
  const stop = new AbortController()
  const machine = thisMachine()
  let kept: Promise<Map<string, TrialReport>> | undefined

  async function run(work: TrialWork, timeoutMs: number): Promise<TrialReport> {
    const failed = (problem: string): TrialReport => ({ problem, cpuMs: null, ms: null })
    const folder = await mkdtemp(join(tmpdir(), 'fieldmark-trial-'))
    try {
      const out = join(folder, 'report.json')
      const args = [JSON.stringify({ ...work, out } satisfies TrialOrder)]
      await runScript(SCRIPT, args, { timeoutMs, signal: stop.signal })
      const text = await readFile(out, 'utf8').catch(() => null)
      if (text === null) return failed('it crashed, or did not answer, when it was tried')
      return trialReportSchema.parse(JSON.parse(text))
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async function read(): Promise<Map<string, TrialReport>> {
    try {
      const found = keptSchema.parse(JSON.parse(await readFile(file, 'utf8')))
      return new Map(found.machine === machine ? found.reports : [])
    } catch {
      // Nothing was kept yet, or it is damaged: it is made anew.
      return new Map()
    }
  }

  async function write(reports: ReadonlyMap<string, TrialReport>): Promise<void> {
    const draft = `${file}.new`
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, JSON.stringify({ machine, reports: [...reports].slice(-MOST_KEPT) }))
    await rename(draft, file)
  }

  return {
    async probe(executionProvider) {
      return (await run({ kind: 'probe', executionProvider }, PROBE_MS)).problem
    },
    async compare(key, pack, executionProvider) {
      kept ??= read()
      const reports = await kept
      const name = `${key} ${executionProvider}`
      const known = reports.get(name)
      if (known) return known
      const report = await run({ kind: 'compare', executionProvider, pack }, COMPARE_MS)
      if (stop.signal.aborted) return report
      reports.set(name, report)
      // Kept for the next start; where that cannot be, it is tried again then.
      await write(reports).catch(() => undefined)
      return report
    },
    close: () => stop.abort(),
  }
}
