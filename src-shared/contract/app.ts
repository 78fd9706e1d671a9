import { oc } from '@orpc/contract'
import { z } from 'zod'

const directoryEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'image', 'archive', 'video', 'json', 'other']),
  sizeBytes: z.int().nullable(),
})

export const doctorReportSchema = z.object({
  ok: z.boolean(),
  /** One line a check: what was looked at, how it is, what to do when it is not well. */
  checks: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      detail: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
})

export const appContract = {
  info: oc
    .route({
      method: 'GET',
      path: '/app',
      tags: ['app'],
      summary: 'Version, data directory, platform',
    })
    .output(
      z.object({
        version: z.string(),
        dataDir: z.string(),
        platform: z.string(),
        homeDir: z.string(),
        pathSeparator: z.string(),
        revisionOfSchema: z.int(),
      }),
    ),
  doctor: oc
    .route({ method: 'GET', path: '/app/doctor', tags: ['app'], summary: 'Check the installation' })
    .output(doctorReportSchema),
  /** Folders and media of this machine: the picker of the web shell, which has no native dialog. */
  browse: oc
    .route({
      method: 'GET',
      path: '/app/files',
      tags: ['app'],
      summary: 'List a folder of this machine',
    })
    .input(z.object({ path: z.string().optional() }))
    .output(
      z.object({
        path: z.string(),
        parent: z.string().nullable(),
        entries: z.array(directoryEntry),
      }),
    ),
  getSettings: oc
    .route({ method: 'GET', path: '/app/settings', tags: ['app'], summary: 'Settings as stored' })
    .output(z.record(z.string(), z.unknown())),
  setSettings: oc
    .route({
      method: 'PATCH',
      path: '/app/settings',
      tags: ['app'],
      summary: 'Merge into the settings',
    })
    .input(z.record(z.string(), z.unknown()))
    .output(z.record(z.string(), z.unknown())),
  /** Create (once) the sample project that ships; answers its task. */
  demo: oc
    .route({
      method: 'POST',
      path: '/app/demo',
      tags: ['app'],
      summary: 'Create the sample project, once',
    })
    .output(z.object({ taskId: z.int(), requestIds: z.array(z.int()) })),
}
