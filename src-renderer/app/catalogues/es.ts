/** One chunk for the whole language; fetched when somebody reads it. */
export const files = import.meta.glob<object>('../../../resources/locales/es/*.json', {
  eager: true,
  import: 'default',
})
