import { AppError } from '#shared/errors/app-error.ts'

/**
 * Loaded, a net of 170 MB takes 410 (ResNet-101, measured), a small one its file and some 10 MB.
 */
const LOADED_PER_BYTE = 2.4
const LOADED_AT_LEAST = 16 * 2 ** 20

export const loadedBytes = (fileBytes: number) => LOADED_AT_LEAST + fileBytes * LOADED_PER_BYTE

/** A pack loaded by a thread. */
interface Loaded {
  readonly thread: string
  readonly key: string
  bytes: number
  usedAt: number
}

/** Which thread has loaded what, and what has to go so that all of it together stays within a limit. */
export interface MemoryLedger {
  limit: number
  /** Bytes, as estimated. */
  used(): number
  /**
   * A thread is about to run a pack.
   * @param bytes  it takes loaded
   * @param isBusy  whether a thread works with what it has loaded at this moment
   * @returns what has to be forgotten, by whom; what is used right now stays, above the limit if it must
   * @throws MODEL_TOO_LARGE
   */
  take(
    wanted: { thread: string; key: string; id: string; bytes: number },
    isBusy: (thread: string, key: string) => boolean,
  ): { thread: string; key: string }[]
  /** The pack could not be loaded, or was let go. */
  drop(thread: string, key: string): void
  dropThread(thread: string): void
  threadsWith(key: string): string[]
}

export function createMemoryLedger(limit: number): MemoryLedger {
  const loaded: Loaded[] = []
  let clock = 0

  const at = (thread: string, key: string) =>
    loaded.findIndex((one) => one.thread === thread && one.key === key)
  const used = () => loaded.reduce((sum, { bytes }) => sum + bytes, 0)

  const ledger: MemoryLedger = {
    limit,
    used,
    take({ thread, key, id, bytes }, isBusy) {
      if (bytes > ledger.limit)
        throw new AppError('MODEL_TOO_LARGE', {
          ...{ path: id, needed: megabytes(bytes), limit: megabytes(ledger.limit) },
        })
      clock += 1
      const known = loaded[at(thread, key)]
      if (known) Object.assign(known, { bytes, usedAt: clock })
      else loaded.push({ thread, key, bytes, usedAt: clock })
      const gone: { thread: string; key: string }[] = []
      for (const one of [...loaded].sort((a, b) => a.usedAt - b.usedAt)) {
        if (used() <= ledger.limit) break
        if (one.usedAt === clock || isBusy(one.thread, one.key)) continue
        ledger.drop(one.thread, one.key)
        gone.push({ thread: one.thread, key: one.key })
      }
      return gone
    },
    drop(thread, key) {
      const index = at(thread, key)
      if (index >= 0) loaded.splice(index, 1)
    },
    dropThread(thread) {
      for (const { key } of loaded.filter((one) => one.thread === thread)) ledger.drop(thread, key)
    },
    threadsWith: (key) => loaded.filter((one) => one.key === key).map(({ thread }) => thread),
  }
  return ledger
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`
