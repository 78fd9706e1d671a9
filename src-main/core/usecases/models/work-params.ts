import { z } from 'zod'
import { installOrderSchema } from '#shared/contract/models.ts'

/** What is stored with a request, parsed again on the way out. */
export const installModelParams = installOrderSchema
export const benchModelParams = z.object({ id: z.string() })
