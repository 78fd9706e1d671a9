/** Automatic annotation that is killed at any moment: it goes on where it stopped, and everything is there once. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { picture } from '../media/testing/pictures.ts'
import { composeCore } from './compose.ts'
import { BOX, fakeFunctions } from './functions/testing.ts'

const CHILD = fileURLToPath(new URL('annotate-crash-child.ts', import.meta.url))
const PICTURES = 200

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark annotate crash '))
  await mkdir(join(dir, 'pictures'))
  const png = await picture('png')
  for (let at = 0; at < PICTURES; at += 1)
    await writeFile(join(dir, 'pictures', `${String(at).padStart(4, '0')}.png`), png)
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** Kills the child as soon as it says this. */
function killed(as: string, at: RegExp): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const args = [CHILD, join(dir, 'data'), join(dir, 'pictures'), as]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    let hit = false
    child.stdout.on('data', (data: Buffer) => {
      said += data
      if (hit || !at.test(said)) return
      hit = true
      child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(hit))
  })
}

test.each([
  // How many frames may be left to look at: a checkpoint is at most half a second old.
  ['annotations', 'at the beginning', /started \d of 200/, PICTURES],
  ['annotations', 'in the middle', /started (8|9)\d of 200/, 180],
  ['annotations', 'near the end', /annotations stored|1(8|9)\d of 200/, 80],
  ['predictions', 'in the middle', /started (8|9)\d of 200/, 180],
])(
  '%s, killed %s',
  async (as, _when, at, mostLeft) => {
    expect(await killed(as, at)).toBe(true)
    const fake = fakeFunctions()
    fake.detect = () => Promise.resolve([BOX])
    const core = await composeCore({ dataDir: join(dir, 'data'), providers: [fake.provider] })
    try {
      const [request] = await core.client.requests.list({ limit: 1 })
      const state = async () => (await core.client.requests.get({ id: request?.id as never })).state
      await expect.poll(state, { timeout: 60_000 }).toMatch(/finished|failed/)
      expect(await core.client.requests.get({ id: request?.id as never })).toMatchObject({
        ...{ state: 'finished', error: null, result: { frames: PICTURES, found: PICTURES } },
      })
      const [task] = await core.client.tasks.list({})
      const taskId = task?.id as never
      const summary = await core.client.predictions.summary({ taskId })
      const isLayer = as === 'predictions'
      expect(summary.open).toBe(isLayer ? PICTURES : 0)
      expect(task).toMatchObject({ objectCount: isLayer ? 0 : PICTURES })
      expect(task).toMatchObject({ annotatedFrameCount: isLayer ? 0 : PICTURES })
      expect(await core.client.annotations.history({ taskId })).toHaveLength(isLayer ? 0 : 1)
      expect(fake.calls).toBeLessThanOrEqual(mostLeft)
    } finally {
      await core.close()
    }
  },
  180_000,
)
