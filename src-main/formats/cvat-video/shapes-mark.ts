/**
 * CVAT's video XML knows tracks only, and a plain shape in it looks like a track seen on one frame. This comment, which
 * every XML reader passes over, stands before the first of them, so that our own files give shapes back.
 */
export const SHAPES_FOLLOW = ' the tracks from here on are plain shapes '
