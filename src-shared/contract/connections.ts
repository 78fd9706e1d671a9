import { oc } from '@orpc/contract'
import { z } from 'zod'

export const connectionSchema = z.object({
  /** Lower case, digits, `-`: part of function ids. */
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1).max(200),
  /** `dashboard`: Nuclio's dashboard lists and invokes. `function`: one function's own port. */
  via: z.enum(['dashboard', 'function']),
  /** http or https, without a path as a rule. */
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** Dashboard: the Nuclio project; '' = all. */
  project: z.string().max(200),
  /** Dashboard: the namespace. */
  namespace: z.string().max(200),
  /** Dashboard: `dashboard` invokes through it, `direct` at each function's port. */
  invoke: z.enum(['dashboard', 'direct']),
  timeoutSeconds: z.int().min(1).max(3600),
  /** Off: nothing is sent, its functions are not listed. */
  enabled: z.boolean(),
  /** `function` only: what it is, since no dashboard says it: the text of its function.yaml. */
  functionYaml: z.string().max(1_000_000),
})
export type Connection = z.infer<typeof connectionSchema>

/** What a connection answered when it was tried. */
export const connectionTestSchema = z.object({
  functions: z.array(
    z.object({ name: z.string(), kind: z.string(), state: z.string(), problem: z.string() }),
  ),
  /** Things to know, a sentence each: plain http to another machine, functions left out and why. */
  warnings: z.array(z.string()),
})
export type ConnectionTest = z.infer<typeof connectionTestSchema>

/** What went over the network, newest first. Never content: sizes and addresses. */
export const networkEntrySchema = z.object({
  at: z.iso.datetime(),
  connectionId: z.string(),
  method: z.string(),
  url: z.string(),
  /** What it was for: "list functions", "detect with YOLO v7, frame 12 of street". */
  what: z.string(),
  sentBytes: z.int(),
  receivedBytes: z.int(),
  /** HTTP status; null when there was no answer. */
  status: z.int().nullable(),
  tookMs: z.number(),
  problem: z.string(),
})
export type NetworkEntry = z.infer<typeof networkEntrySchema>

/** Places that functions are called at over the network. Nothing is sent anywhere without one that is enabled. */
export const connectionsContract = {
  list: oc
    .route({ method: 'GET', path: '/connections', tags: ['connections'], summary: 'Connections' })
    .output(z.array(connectionSchema)),
  /** What a new one is made of where nobody says otherwise: CVAT's environment variables, else CVAT's defaults. */
  defaults: oc
    .route({
      method: 'GET',
      path: '/connections/defaults',
      tags: ['connections'],
      summary: 'What a new connection starts from',
    })
    .output(connectionSchema),
  save: oc
    .route({
      method: 'POST',
      path: '/connections',
      tags: ['connections'],
      summary: 'Add or change',
    })
    .input(connectionSchema)
    .output(connectionSchema),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/connections/{id}',
      tags: ['connections'],
      summary: 'Forget',
    })
    .input(z.object({ id: z.string().min(1) }))
    .output(z.object({ id: z.string() })),
  /** Ask it what it has; stores nothing. */
  test: oc
    .route({ method: 'POST', path: '/connections/test', tags: ['connections'], summary: 'Try one' })
    .input(connectionSchema)
    .output(connectionTestSchema),
  log: oc
    .route({
      method: 'GET',
      path: '/connections/log',
      tags: ['connections'],
      summary: 'What was sent where',
    })
    .input(z.object({ limit: z.coerce.number().int().positive().max(1000).default(200) }))
    .output(z.array(networkEntrySchema)),
}
