import 'i18next'
import type automaticAnnotation from '#resources/locales/en/automatic-annotation.json'
import type common from '#resources/locales/en/common.json'
import type datasets from '#resources/locales/en/datasets.json'
import type errors from '#resources/locales/en/errors.json'
import type labels from '#resources/locales/en/labels.json'
import type models from '#resources/locales/en/models.json'
import type predictions from '#resources/locales/en/predictions.json'
import type settings from '#resources/locales/en/settings.json'
import type start from '#resources/locales/en/start.json'
import type tasks from '#resources/locales/en/tasks.json'

/** A key that is not in the English file does not compile. The workspace declares its own namespaces beside its code. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
  }
  interface ResourceNamespaceMap {
    'automatic-annotation': typeof automaticAnnotation
    common: typeof common
    datasets: typeof datasets
    errors: typeof errors
    labels: typeof labels
    models: typeof models
    predictions: typeof predictions
    settings: typeof settings
    start: typeof start
    tasks: typeof tasks
  }
}
