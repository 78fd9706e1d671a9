import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { FromInference, OpenedState, ToInference } from '../protocol.ts'

type Call = ToInference & { type: 'call' }

/** Stands in for a thread of inference: a test decides when it answers, and whether. */
export class FakeThread extends EventEmitter {
  readonly name: string
  readonly heard: ToInference[] = []
  isHeld = false

  constructor(name: string) {
    super()
    this.name = name
  }

  static opened: OpenedState = { sizeBytes: 1, executionProvider: 'cpu', note: '' }

  get asWorker(): Worker {
    return this as unknown as Worker
  }
  postMessage(message: ToInference): void {
    this.heard.push(message)
  }
  ref(): void {
    this.isHeld = true
  }
  unref(): void {
    this.isHeld = false
  }

  get calls(): Call[] {
    return this.heard.filter((one) => one.type === 'call')
  }
  /** What it works on, or has worked on last. */
  get current(): Call {
    const call = this.calls.at(-1)
    if (!call) throw new Error(`${this.name} was asked nothing`)
    return call
  }
  answer(result: unknown = null, { ticket } = this.current): void {
    this.say({ type: 'answer', ticket, result, opened: FakeThread.opened, tookMs: 1 })
  }
  say(reply: FromInference): void {
    this.emit('message', reply)
  }
}
