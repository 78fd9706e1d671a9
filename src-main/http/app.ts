import { Hono } from 'hono'
import { pino } from 'pino'
import type { Core } from '#main/core/core.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { renderDocs } from './docs-page.ts'
import { createEventStream } from './events.ts'
import { answerExportFile } from './export-file.ts'
import { answerFrame, answerRelated, answerStrip } from './frames.ts'
import { createSpec } from './openapi.ts'
import { answerPage } from './page.ts'
import { type ProblemLog, toProblem } from './problem.ts'
import { answerProblem } from './problem-page.ts'
import { createProcedureHandlers } from './procedures.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { createUploadHandler } from './uploads.ts'

/** The fetch-standard door to the whole product: Electron's `protocol.handle` and a Node server take it alike. */
export interface App {
  fetch(request: Request): Promise<Response>
}

export interface AppOptions {
  /** Absolute path of the built renderer. */
  readonly rendererDir: string
  /** Runs before anything else. It answers (a redirect), throws FORBIDDEN, or lets the request through with null. */
  readonly auth?: (request: Request) => Response | null
  /** Where unexpected errors go; default: standard error, so that `--json` output stays clean. */
  readonly log?: ProblemLog
}

/** The handler both shells mount. Reads like the list of what the product answers. */
export function createApp(core: Core, options: AppOptions): App {
  const log = options.log ?? pino({ base: { name: 'fieldmark' } }, pino.destination(2))
  const procedures = createProcedureHandlers(core, log)
  const events = createEventStream(core.events)
  const uploads = createUploadHandler(core)
  const spec = createSpec(() => core.client.app.info().then((info) => info.version))
  const app = new Hono()

  app.use(async (c, next) => {
    const answer = options.auth?.(c.req.raw)
    if (answer) c.res = answer
    else await next()
    addSecurityHeaders(c.res)
  })
  app.all('/rpc/*', async (c) => (await procedures.rpc(c.req.raw)) ?? nothingAt(c.req.path))
  app.get('/api/openapi.json', async (c) => c.json(await spec()))
  app.get('/api/docs', async (c) => c.html(renderDocs(await spec())))
  app.get('/api/requests/:id/file', (c) => answerExportFile(core, c.req.param('id')))
  app.all('/api/*', async (c) => (await procedures.rest(c.req.raw)) ?? nothingAt(c.req.path))
  app.get('/frames/:taskId/strip', (c) => answerStrip(core, c.req.raw, c.req.param()))
  app.get('/frames/:taskId/:index', (c) => answerFrame(core, c.req.raw, c.req.param()))
  app.get('/frames/:taskId/:index/related/:position', (c) =>
    answerRelated(core, c.req.raw, c.req.param()),
  )
  app.get('/events', (c) => events(c.req.raw))
  app.post('/uploads', (c) => uploads(c.req.raw))
  app.get('*', (c) => answerPage(options.rendererDir, c.req.raw))
  app.all('*', (c) => nothingAt(c.req.path))
  app.onError((error, c) => {
    const response = answerProblem(c.req.raw, toProblem(error, c.req.routePath, log))
    addSecurityHeaders(response)
    return response
  })
  return { fetch: async (request) => app.fetch(request) }
}

function nothingAt(path: string): never {
  throw new AppError('NOT_FOUND', { what: 'address', id: path })
}
