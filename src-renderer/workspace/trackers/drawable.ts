/** What can be drawn for a tracker, in this order. */
export const drawable = ['rectangle', 'polygon', 'ellipse', 'mask', 'points'] as const
export type Drawable = (typeof drawable)[number]
