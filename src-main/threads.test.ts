import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { askToEnd, startWorker, threadsEnded } from './threads.ts'

const scriptUrl = (script: string) => new URL(`data:text/javascript,${encodeURIComponent(script)}`)

test('a thread that is asked ends between two pieces of work, and is waited for', async () => {
  const said: unknown[] = []
  const worker = startWorker(
    scriptUrl(`
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', (message) => {
        if (message === 'end') return process.exit()
        for (const until = performance.now() + 100; performance.now() < until; );
        parentPort.postMessage('worked')
      })
    `),
  )
  worker.on('message', (message) => said.push(message))
  const terminate = vi.spyOn(worker, 'terminate')
  worker.postMessage('work')
  askToEnd(worker, 'end')
  expect(await threadsEnded()).toBe(true)
  expect(said).toEqual(['worked'])
  expect(terminate).not.toHaveBeenCalled()
})

test('a thread that hangs is waited for no longer than said', async () => {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const worker = startWorker(
    scriptUrl(`
      import { parentPort, workerData } from 'node:worker_threads'
      parentPort.postMessage('hangs')
      Atomics.wait(workerData, 0, 0)
    `),
    { workerData: gate },
  )
  await once(worker, 'message')
  askToEnd(worker, 'end')
  expect(await threadsEnded(50)).toBe(false)
  Atomics.notify(gate, 0)
  expect(await threadsEnded()).toBe(true)
})

// A pipe nobody writes to keeps its reader in the system, as a drive does that no longer answers.
test.skipIf(process.platform === 'win32')(
  'the process ends with its code while a thread hangs in the system',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'fieldmark-threads-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const pipe = join(dir, 'pipe')
    await once(spawn('mkfifo', [pipe]), 'close')
    const threads = new URL('./threads.ts', import.meta.url)
    const hangs = `data:text/javascript,import fs from 'node:fs'; fs.readFileSync(${JSON.stringify(pipe)})`
    const script = `
      import { leaveProcess, startWorker } from ${JSON.stringify(threads.href)}
      startWorker(new URL(${JSON.stringify(hangs)})).on('online', () => setTimeout(() => leaveProcess(3), 300))
    `
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [code] = await once(child, 'close')
    expect(code).toBe(3)
  },
)
