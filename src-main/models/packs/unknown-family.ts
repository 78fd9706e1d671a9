/** What stands for the family in a manifest that nobody could finish yet. No family has this id. */
export const UNKNOWN_FAMILY = 'unknown'
