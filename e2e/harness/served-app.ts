import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { within } from './within.ts'

const CLI = fileURLToPath(new URL('../../bin/fieldmark.js', import.meta.url))

export interface ServedApp {
  readonly url: string
  readonly dataDir: string
  /** SIGKILL: what a power cut leaves. */
  kill(): Promise<void>
  /** SIGINT: what Ctrl+C does. */
  stop(): Promise<void>
}

/** `fieldmark serve` as people run it: a real process on a data directory. */
export async function serveApp(dataDir: string): Promise<ServedApp> {
  const child = spawn(process.execPath, [CLI, '--data-dir', dataDir, '--json', 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await within(`the server to end after ${signal}`, gone).catch((error: unknown) => {
      child.kill('SIGKILL')
      throw error
    })
  }
  // It may have to be built first.
  const url = await within('the server to tell its address', firstUrl(child), 90_000).catch(
    (error: unknown) => {
      child.kill('SIGKILL')
      throw error
    },
  )
  return { url, dataDir, kill: end('SIGKILL'), stop: end('SIGINT') }
}

async function firstUrl(child: ChildProcess): Promise<string> {
  let text = ''
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    text += line
    const url = /"url":\s*"([^"]+)"/.exec(text)?.[1]
    if (url) return url
  }
  throw new Error(`the server ended before it told its address: ${text}`)
}
