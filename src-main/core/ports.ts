/**
 * What the use-cases need from the outside, one file a neighbour in `ports/`. Adapters (store, media, formats, requests)
 * implement these and never import each other; compose.ts is where they meet. Everything here is a type.
 */
export type * from './ports/arrivals.ts'
export type * from './ports/backups.ts'
export type * from './ports/connections.ts'
export type * from './ports/events.ts'
export type * from './ports/formats.ts'
export type * from './ports/functions.ts'
export type * from './ports/media.ts'
export type * from './ports/models.ts'
export type * from './ports/network-log.ts'
export type * from './ports/predictions.ts'
export type * from './ports/requests.ts'
export type * from './ports/run-script.ts'
export type * from './ports/sidecars.ts'
export type * from './ports/store.ts'
export type * from './ports/trackers.ts'
export type * from './ports/video.ts'
