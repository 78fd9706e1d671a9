/** What one line of a manifest may hold. Each parser answers a value, or a clause that says what is wrong. */
import { z } from 'zod'
import { type ImageEntry, type ManifestKeyframe, VERSIONS } from './manifest.ts'

type Parsed<T> = { readonly value: T } | { readonly problem: string }

const count = z.int().nonnegative()
const pixels = z.int().positive().max(1_000_000)
const name = z.string().min(1).max(4096)
/** Some write null for what they do not know. */
const checksum = z
  .string()
  .regex(/^[0-9a-f]{32}$/i)
  .nullish()

const entrySchema = z.object({
  name,
  extension: z.string().max(64),
  width: pixels.nullish(),
  height: pixels.nullish(),
  checksum,
  meta: z.object({ related_images: z.array(name).nullish() }).nullish(),
})

const keyframeSchema = z.object({ number: count, pts: z.int(), checksum })

const propertiesSchema = z.object({
  properties: z.object({ name, resolution: z.tuple([pixels, pixels]), length: count.positive() }),
})

export const parseVersion = parser(z.object({ version: z.enum(VERSIONS) }), (line) => line.version)

export const parseType = parser(
  z.object({ type: z.enum(['images', 'video']) }),
  (line) => line.type,
)

export const parseEntry = parser(entrySchema, (line): ImageEntry => {
  const known = line.width != null && line.height != null
  return {
    name: forward(line.name + line.extension),
    width: known ? (line.width ?? null) : null,
    height: known ? (line.height ?? null) : null,
    checksum: line.checksum?.toLowerCase() ?? null,
    related: line.meta?.related_images?.map(forward) ?? null,
  }
})

export const parseKeyframe = parser(
  keyframeSchema,
  (line): ManifestKeyframe => ({ ...line, checksum: line.checksum?.toLowerCase() ?? null }),
)

export const parseProperties = parser(propertiesSchema, ({ properties }) => {
  const [width, height] = properties.resolution
  return { name: properties.name, width, height, length: properties.length }
})

/** The reference leaves the back slashes of Windows in the names of point clouds and context images. */
const forward = (path: string) => path.replaceAll('\\', '/')

function parser<S extends z.ZodType, T>(
  schema: S,
  understand: (line: z.output<S>) => T,
): (line: unknown) => Parsed<T> {
  return (line) => {
    if (line === undefined) return { problem: 'it is not a JSON object' }
    const found = schema.safeParse(line)
    return found.success
      ? { value: understand(found.data) }
      : { problem: clauseOf(found.error.issues[0]) }
  }
}

function clauseOf(issue: z.core.$ZodIssue | undefined): string {
  const where = issue?.path.map(String).join('.') ?? ''
  const what = (issue?.message ?? 'it is not understood').replace(/\.$/, '')
  return where === '' ? what : `"${where}" is not as expected (${what})`
}
