import { z } from 'zod'
import type { TaskId } from '#shared/domain/ids.ts'
import { type Choice, choiceSchema, firstChoice } from './choice.ts'

const KEY = 'fieldmark.automatic-annotation'
/** Of so many tasks it is remembered, the latest ones. */
const MOST = 50

const storedSchema = z.array(z.tuple([z.int(), choiceSchema])).catch([])

/** What was chosen for this task the last time; of another one never the frames, nor what is destroyed. */
export function lastChoice(taskId: TaskId): Choice {
  const all = read()
  const own = all.find(([id]) => id === taskId)?.[1]
  if (own) return own
  const [latest] = all
  if (!latest) return firstChoice
  const { jobId, range, onlyEmpty, filter, cleanup } = firstChoice
  return { ...latest[1], jobId, range, onlyEmpty, filter, cleanup }
}

export function rememberChoice(taskId: TaskId, choice: Choice): void {
  const others = read().filter(([id]) => id !== taskId)
  try {
    localStorage.setItem(KEY, JSON.stringify([[taskId, choice], ...others].slice(0, MOST)))
  } catch {
    // Storage is full or blocked: choosing once more is no harm.
  }
}

function read(): [number, Choice][] {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    // Blocked, or not ours: choosing once more is no harm.
    return []
  }
}
