/** One chunk for the whole language; fetched when somebody reads it. */
export const files = import.meta.glob<object>('../../../resources/locales/fr/*.json', {
  eager: true,
  import: 'default',
})
