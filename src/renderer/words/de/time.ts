/** Worte um Zeiten. */

export const justNow = 'gerade eben';
/** `vor 4 min`. */
export const ago = (length: string): string => `vor ${length}`;
/** Was für eine Zone ohne Namen steht. */
export const localZone = 'Ortszeit';
