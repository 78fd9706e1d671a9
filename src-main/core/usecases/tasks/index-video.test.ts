import { expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Deps } from '../../usecase.ts'
import { enqueueVideoIndex } from './index-video.ts'

const taskId = 2 as TaskId

test.each([
  ['nothing else is checked', [], ['index-video']],
  ['another video is being checked', [['index-video', 1, 'started']], ['index', 'index-video']],
  ['another one waits', [['index-video', 1, 'queued']], ['index', 'index-video']],
  ['another one is done', [['index-video', 1, 'finished']], ['index-video']],
  ['only headers are read elsewhere', [['index', 1, 'started']], ['index-video']],
  ['its own check is under way', [['index-video', 2, 'started']], ['index-video']],
] as [string, [string, number, string][], string[]][])(
  'packets are read first where the check has to wait: %s',
  (_name, others, expected) => {
    const asked: string[] = []
    const list = () => others.map(([kind, task, state]) => ({ kind, taskId: task, state }))
    const deps = {
      store: { tasks: { get: () => ({ name: 'drive' }) }, requests: { list } },
      queue: { enqueue: (kind: string) => void asked.push(kind) },
    } as unknown as Deps
    enqueueVideoIndex(deps, taskId)
    expect(asked).toEqual(expected)
  },
)
