import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ModelPack } from '../../../core/ports.ts'
import type { Tensor } from '../../family.ts'
import { tinyPack, tinyYolo } from '../testing/tiny-packs.ts'
import { createDevices } from './devices.ts'
import type { KnownProvider } from './known-providers.ts'
import { difference } from './same-answer.ts'
import type { TrialReport } from './trial-report.ts'
import { createTrials, type Trials } from './trials.ts'

let dir = ''
let pack: ModelPack
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devices-'))
  pack = await tinyPack(dir, tinyYolo([[16, 16, 8, 8, 0.9]]), {
    ...{ id: 'tiny', kind: 'detector', family: 'yolov8' },
    labels: [{ name: 'thing', type: 'any', attributes: [], sublabels: [], svg: null }],
  })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const provider = (name: string, impossible = ''): KnownProvider => ({
  ...{ name, title: name.toUpperCase(), impossible: () => impossible },
})
const machine = [provider('cpu'), provider('cuda'), provider('dml', 'it is of Windows alone')]
const report = (ms: number | null, problem = ''): TrialReport => ({ problem, cpuMs: 10, ms })

function trialsOf(reports: Record<string, TrialReport>, works = ['cuda']) {
  return {
    probe: vi.fn(async (name: string) => (works.includes(name) ? '' : 'it crashed')),
    compare: vi.fn(
      async (_key: string, _order: unknown, name: string) => reports[name] ?? report(1),
    ),
    close: vi.fn(),
  } satisfies Trials
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
/** What is chosen at first, and when trials have ended. */
async function choices(trials: Trials, known = machine, given = pack) {
  const devices = createDevices(trials, known)
  const first = await devices.choose(given)
  await settled()
  const second = await devices.choose(given)
  await settled()
  return [first, second, await devices.choose(given)]
}

describe('devices', () => {
  it('are listed with why they are not there', async () => {
    const trials = trialsOf({}, [])
    expect(await createDevices(trials, machine).list()).toEqual([
      { name: 'cpu', title: 'CPU', available: true, problem: '' },
      { name: 'cuda', title: 'CUDA', available: false, problem: 'it crashed' },
      { name: 'dml', title: 'DML', available: false, problem: 'it is of Windows alone' },
    ])
    expect(trials.probe.mock.calls).toEqual([['cuda']])
  })

  it('the quickest that answers like the processor is chosen, and nobody waits for its trial', async () => {
    const known = [provider('cpu'), provider('cuda'), provider('webgpu')]
    const works = ['cuda', 'webgpu']
    const trials = trialsOf({ cuda: report(3), webgpu: report(2) }, works)
    expect(await choices(trials, known)).toEqual(['cpu', 'cpu', 'webgpu'])
    expect(trials.compare).toHaveBeenCalledTimes(2)
  })

  it.each<[string, TrialReport]>([
    ['answers otherwise', report(1, 'its output y is not what the processor computes')],
    ['is hardly quicker', report(9)],
    ['was not measured', report(null)],
  ])('one that %s is not', async (_what, found) => {
    expect(await choices(trialsOf({ cuda: found }))).toEqual(['cpu', 'cpu', 'cpu'])
  })

  it('where there is only the processor nothing is tried', async () => {
    const trials = trialsOf({})
    expect(await choices(trials, [provider('cpu'), provider('dml', 'no')])).toEqual([
      'cpu',
      'cpu',
      'cpu',
    ])
    expect(trials.probe).not.toHaveBeenCalled()
    expect(trials.compare).not.toHaveBeenCalled()
  })

  it('what a person chose is taken, as far as it is there', async () => {
    const trials = trialsOf({})
    const chosen = (executionProvider: string) =>
      createDevices(trials, machine).choose({ ...pack, executionProvider })
    expect(await chosen('cuda')).toBe('cuda')
    expect(await chosen('dml')).toBe('cpu')
    expect(await chosen('none')).toBe('cpu')
    expect(trials.compare).not.toHaveBeenCalled()
  })
})

describe('trials', () => {
  const order = () => ({
    ...{ key: 'tiny', id: 'tiny', folder: pack.folder, manifest: pack.manifest },
    ...{ executionProvider: 'cpu', threads: 1, embeddings: 'tiny' },
  })
  const file = () => join(dir, 'data', 'trials.json')

  it('are made in a process of their own', async () => {
    const trials = createTrials(file())
    expect(await trials.probe('cpu')).toBe('')
    expect(await trials.probe('nonsense')).toContain('backend not found')
    const right = { problem: '', cpuMs: expect.any(Number), ms: expect.any(Number) }
    expect(await trials.compare('tiny', order(), 'cpu')).toEqual(right)
    expect(JSON.parse(await readFile(file(), 'utf8')).reports).toEqual([['tiny cpu', right]])
  }, 60_000)

  it('are kept, and made anew when what was kept is damaged', async () => {
    const runScript = vi.fn(async (_script: string, [work = '']: readonly string[]) => {
      await writeFile(JSON.parse(work).out, JSON.stringify(report(4)))
    })
    const kept = join(dir, 'kept.json')
    const compare = () => createTrials(kept, runScript).compare('one', order(), 'cuda')
    expect([await compare(), await compare()]).toEqual([report(4), report(4)])
    expect(runScript).toHaveBeenCalledTimes(1)
    await writeFile(kept, '{"machine":')
    expect(await compare()).toEqual(report(4))
    await writeFile(
      kept,
      JSON.stringify({ machine: 'another', reports: [['one cuda', report(1)]] }),
    )
    expect(await compare()).toEqual(report(4))
    expect(runScript).toHaveBeenCalledTimes(3)
  })

  it.each([
    ['crashes', async () => undefined],
    ['cannot be started', () => Promise.reject(new Error('no such program'))],
    [
      'writes something else',
      (_script: string, [work = '']: readonly string[]) => writeFile(JSON.parse(work).out, 'x'),
    ],
  ])('of one that %s it is told', async (_what, runScript) => {
    expect(await createTrials(join(dir, 'none.json'), runScript).probe('webgpu')).not.toBe('')
  })
})

describe('the same answer', () => {
  const floats = (...data: number[]): Record<string, Tensor> => ({
    y: { type: 'float32', dims: [data.length], data: Float32Array.from(data) },
  })
  const longs = (...data: bigint[]): Record<string, Tensor> => ({
    y: { type: 'int64', dims: [data.length], data: BigInt64Array.from(data) },
  })
  it.each<[string, Record<string, Tensor>, Record<string, Tensor>, boolean]>([
    [
      'equal',
      floats(1, Number.NaN, Number.NEGATIVE_INFINITY),
      floats(1, Number.NaN, Number.NEGATIVE_INFINITY),
      true,
    ],
    ['rounded otherwise', floats(100, 0.001), floats(100.1, 0), true],
    ['computed otherwise', floats(100, 0.001), floats(100.3, 0.001), false],
    ['no number', floats(1, 2), floats(1, Number.NaN), false],
    ['of other dims', floats(1, 2), floats(1), false],
    ['missing', floats(1), {}, false],
    ['whole numbers', longs(1n, 5n), longs(1n, 5n), true],
    ['other whole numbers', longs(1000n, 5n), longs(1000n, 6n), false],
    ['of another type', floats(1), longs(1n), false],
  ])('%s', (_what, expected, actual, isSame) => {
    expect(difference(expected, actual) === '').toBe(isSame)
  })
})
