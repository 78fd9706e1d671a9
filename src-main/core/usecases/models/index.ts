import { basename } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { framePicture } from '../../functions/frame-picture.ts'
import type { Deps, Usecases } from '../../usecase.ts'

export function modelUsecases(deps: Deps): Usecases['models'] {
  const { events, models, queue, reader, store } = deps
  return {
    list: () => models.list(),
    inspect: ({ path, ...said }) => models.inspect(path, said),
    try: ({ path, manifest, taskId, frame }) =>
      models.try(path, manifest, framePicture(reader, store.frames.record(taskId, frame))),
    install: (order) => {
      const title = `Install ${order.manifest?.name ?? order.name ?? nameOf(order.from)}`
      return queue.enqueue('install-model', null, title, order)
    },
    async remove({ id }) {
      await models.remove(id)
      events.publish({ type: 'functions' })
      return { id }
    },
    async update({ id, executionProvider }) {
      const model = await models.setExecutionProvider(id, executionProvider)
      events.publish({ type: 'functions' })
      return model
    },
    async bench({ id }) {
      const model = (await models.list()).find((one) => one.id === id)
      if (!model) throw new AppError('NOT_FOUND', { what: 'model', id })
      return queue.enqueue('bench-model', null, `Measure ${model.manifest.name}`, { id })
    },
    devices: () => models.devices(),
    setMemoryLimit: ({ bytes }) => models.setMemoryLimit(bytes),
    catalogue: () => models.catalogue(),
    families: () => models.families(),
  }
}

/** Of a path or an address its last part, without the keys that addresses end with. */
function nameOf(from: string): string {
  const path = URL.parse(from)?.pathname ?? from
  return basename(path.replaceAll('\\', '/')) || from
}
