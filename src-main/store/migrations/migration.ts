/** One step of the schema's life. Never edited once it shipped; a mistake is mended by the next one. */
export interface Migration {
  /** 1, 2, 3 …: what `PRAGMA user_version` says afterwards. */
  readonly version: number
  readonly name: string
  readonly sql: string
}
