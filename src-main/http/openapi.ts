import type { OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '#shared/contract/index.ts'
import { annotationSchema } from '#shared/domain/annotation.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { errorBodySchema, workRequestSchema } from '#shared/domain/request.ts'
import { frameSchema, jobSchema, projectSchema, taskSchema } from '#shared/domain/task.ts'

/** The OpenAPI document, generated from the contract at the first question and kept. */
export function createSpec(version: () => Promise<string>): () => Promise<OpenAPI.Document> {
  let made: Promise<OpenAPI.Document> | undefined
  return () => {
    made ??= version().then(generate)
    return made
  }
}

function generate(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(contract, {
    info: { title: 'Fieldmark', version, description },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    commonSchemas: {
      Annotation: { schema: annotationSchema, strategy: 'output' },
      Label: { schema: labelSchema, strategy: 'output' },
      Frame: { schema: frameSchema, strategy: 'output' },
      Job: { schema: jobSchema, strategy: 'output' },
      Task: { schema: taskSchema, strategy: 'output' },
      Project: { schema: projectSchema, strategy: 'output' },
      WorkRequest: { schema: workRequestSchema, strategy: 'output' },
      Problem: { schema: errorBodySchema, strategy: 'output' },
    },
  })
}

const description = `Every procedure of Fieldmark as plain REST, on this machine only.
Send the token that \`fieldmark serve\` printed as \`Authorization: Bearer TOKEN\`.
A refusal is \`{"error": {"code", "message", "remedy"}}\` with a fitting status.
Beside the procedures: \`GET /frames/{taskId}/{index}?quality=display|original|upright|thumbnail\` answers a picture,
\`GET /events\` streams changes (SSE), \`GET /api/requests/{id}/file\` downloads what an export wrote.`
