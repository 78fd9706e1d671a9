/** Worker thread entry: trackers learn and search here, so that a second of arithmetic holds nothing up. */
import { parentPort } from 'node:worker_threads'
import type { FromModels, ToModels } from './protocol.ts'
import { createTrackerMil } from './trackers/tracker-mil.ts'

let mil: ReturnType<typeof createTrackerMil> | undefined

parentPort?.on('message', (message: ToModels) => {
  void answer(message)
})

async function answer(message: ToModels): Promise<void> {
  const send = (reply: FromModels) => parentPort?.postMessage(reply)
  try {
    mil ??= createTrackerMil()
    const tracker = await mil
    const { ticket, picture } = message
    if (message.kind === 'begin') send({ ticket, result: tracker.begin(picture, message.boxes) })
    else send({ ticket, result: tracker.update(picture, message.tokens) })
  } catch (error) {
    send({
      ticket: message.ticket,
      problem: error instanceof Error ? error.message : String(error),
    })
  }
}
