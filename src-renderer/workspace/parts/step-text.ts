import i18next from 'i18next'
import type { StepTitle } from '#shared/operations/operation.ts'

/** `Draw rectangle · car`. A verb this version has no words for still says how much it changed. */
export function stepText(title: StepTitle): string {
  // Keys come from stored steps, which the typed `t` cannot know.
  const t = i18next.t as unknown as (key: string, values?: Record<string, unknown>) => string
  const key = i18next.exists(`history:${title.key}_other`) ? title.key : 'unknown'
  const type = t(`history:types.${title.type ?? 'shape'}`)
  const text = t(`history:${key}`, { count: title.count, type })
  return title.label ? `${text} · ${title.label}` : text
}
