import { oc } from '@orpc/contract'
import { z } from 'zod'
import { detectionSchema } from '../domain/detection.ts'
import { frameIndexSchema, taskIdSchema } from '../domain/ids.ts'
import {
  catalogueEntrySchema,
  executionProviderSchema,
  modelProposalSchema,
  modelSchema,
} from '../domain/model.ts'
import { modelManifestSchema } from '../domain/model-manifest.ts'
import { workRequestSchema } from '../domain/request.ts'

const id = z.object({ id: z.string().min(1) })

/** What is to be installed, and how. */
export const installOrderSchema = z.object({
  /** Path of this machine, or an http(s) URL. */
  from: z.string().min(1),
  /** In place of what the files say. */
  manifest: modelManifestSchema.optional(),
  /** Expected hash of what the URL gives. */
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  overwrite: z.boolean().default(false),
  /** Where there is no `manifest`: what a person says of a bare file. */
  family: z.string().optional(),
  labels: z.array(z.string().min(1).max(1000)).max(20_000).optional(),
  id: modelManifestSchema.shape.id.optional(),
  name: modelManifestSchema.shape.name.optional(),
})

/** Model packs on this machine. */
export const modelsContract = {
  list: oc
    .route({ method: 'GET', path: '/models', tags: ['models'], summary: 'Installed models' })
    .output(z.array(modelSchema)),
  /** Read a bare `.onnx`, a pack's folder or zip, an X-AnyLabeling YAML or a CVAT function.yaml; nothing is changed. */
  inspect: oc
    .route({
      method: 'POST',
      path: '/models/inspect',
      tags: ['models'],
      summary: 'What files are, before they are installed',
    })
    .input(
      z.object({
        path: z.string().min(1),
        /** Chosen by a person, in place of the likeliest. */
        family: z.string().optional(),
        /** Names of its classes, in their order. */
        labels: z.array(z.string().min(1).max(1000)).max(20_000).optional(),
      }),
    )
    .output(modelProposalSchema),
  /** Run a proposal on a frame without installing it. */
  try: oc
    .route({ method: 'POST', path: '/models/try', tags: ['models'], summary: 'Try before install' })
    .input(
      z.object({
        path: z.string().min(1),
        manifest: modelManifestSchema,
        taskId: taskIdSchema,
        frame: frameIndexSchema,
      }),
    )
    .output(z.object({ detections: z.array(detectionSchema), tookMs: z.number() })),
  /** A request: files are copied or downloaded (resumable), checked, loaded once, then there at once or not at all. */
  install: oc
    .route({ method: 'POST', path: '/models', tags: ['models'], summary: 'Install a model' })
    .input(installOrderSchema)
    .output(workRequestSchema),
  remove: oc
    .route({ method: 'DELETE', path: '/models/{id}', tags: ['models'], summary: 'Remove a model' })
    .input(id)
    .output(z.object({ id: z.string() })),
  update: oc
    .route({
      method: 'PATCH',
      path: '/models/{id}',
      tags: ['models'],
      summary: 'Choose its device',
    })
    .input(id.extend({ executionProvider: z.string().nullable() }))
    .output(modelSchema),
  /** A request; its result is one row an execution provider. */
  bench: oc
    .route({
      method: 'POST',
      path: '/models/{id}/bench',
      tags: ['models'],
      summary: 'Measure it here',
    })
    .input(id)
    .output(workRequestSchema),
  devices: oc
    .route({
      method: 'GET',
      path: '/models/devices',
      tags: ['models'],
      summary: 'Execution providers, and memory for models',
    })
    .output(
      z.object({
        executionProviders: z.array(executionProviderSchema),
        /** Bytes models may take together. */
        memoryLimit: z.int(),
        memoryUsed: z.int(),
      }),
    ),
  setMemoryLimit: oc
    .route({
      method: 'POST',
      path: '/models/memory',
      tags: ['models'],
      summary: 'Bound their memory',
    })
    .input(z.object({ bytes: z.int().positive() }))
    .output(z.object({ memoryLimit: z.int() })),
  catalogue: oc
    .route({
      method: 'GET',
      path: '/models/catalogue',
      tags: ['models'],
      summary: 'Known models and how to get them',
    })
    .output(z.array(catalogueEntrySchema)),
  families: oc
    .route({
      method: 'GET',
      path: '/models/families',
      tags: ['models'],
      summary: 'What can be run',
    })
    .output(
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: z.string(),
          roles: z.array(z.string()),
        }),
      ),
    ),
}
