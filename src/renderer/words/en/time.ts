/** Words around times. */

export const justNow = 'just now';
/** `4 min ago`. */
export const ago = (length: string): string => `${length} ago`;
/** What stands for a zone that has no name. */
export const localZone = 'local';
