/** A decode thread for tests: frame 77 hangs while there is a file `.hangs` beside the video, frame 99 takes the thread down. */
import { existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createJobRunner } from '../job-runner.ts'
import type { DecoderSettings, ToDecoder } from '../protocol.ts'
import { fakeParts } from './fake-parts.ts'

const settings = workerData as DecoderSettings
const sleeper = new Int32Array(new SharedArrayBuffer(4))

const parts = fakeParts({ decoded: [], kept: 0 }, (n) => {
  while (n === 77 && existsSync(`${settings.path}.hangs`)) Atomics.wait(sleeper, 0, 0, 20)
  if (n === 99) process.exit(3)
})
const run = createJobRunner(settings, parts, (message, transfer) =>
  parentPort?.postMessage(message, transfer),
)
parentPort?.on('message', (message: ToDecoder) => {
  run(message)
  if (message.type === 'close') parentPort?.close()
})
