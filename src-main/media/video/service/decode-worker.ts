/** Thread entry: holds one video open and decodes what it is told to. */
import { parentPort, workerData } from 'node:worker_threads'
import { decoderParts } from './decoder-parts.ts'
import { createJobRunner } from './job-runner.ts'
import type { DecoderSettings, ToDecoder } from './protocol.ts'

const run = createJobRunner(workerData as DecoderSettings, decoderParts, (message, transfer) =>
  parentPort?.postMessage(message, transfer),
)

parentPort?.on('message', (message: ToDecoder) => {
  run(message)
  if (message.type === 'close') parentPort?.close()
})
