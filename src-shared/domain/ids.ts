import { z } from 'zod'

/** Ids are local positive integers; `server_id` joins an entity to a CVAT server. Brands keep them from mixing. */
export const projectIdSchema = z.int().positive().brand<'ProjectId'>()
export const taskIdSchema = z.int().positive().brand<'TaskId'>()
export const jobIdSchema = z.int().positive().brand<'JobId'>()
export const labelIdSchema = z.int().positive().brand<'LabelId'>()
export const attributeIdSchema = z.int().positive().brand<'AttributeId'>()
export const annotationIdSchema = z.int().positive().brand<'AnnotationId'>()
export const requestIdSchema = z.int().positive().brand<'RequestId'>()

/** 0-based index of a Frame within its Task (CVAT's "relative" frame number). */
export const frameIndexSchema = z.int().nonnegative()

export type ProjectId = z.infer<typeof projectIdSchema>
export type TaskId = z.infer<typeof taskIdSchema>
export type JobId = z.infer<typeof jobIdSchema>
export type LabelId = z.infer<typeof labelIdSchema>
export type AttributeId = z.infer<typeof attributeIdSchema>
export type AnnotationId = z.infer<typeof annotationIdSchema>
export type RequestId = z.infer<typeof requestIdSchema>
export type FrameIndex = number
