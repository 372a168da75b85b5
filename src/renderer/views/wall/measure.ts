import { type Measure, remembered } from './shorten.ts';

/** Measured at this size, large enough for a browser not to round. */
const SIZE = 100;
/** Where there is no canvas: about the width of a letter of the system's type. */
const GUESS = 0.6;

/** Widths of texts in the type of the page, in the weight of names. */
export function measureOf(document: Document): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * GUESS;
  context.font = `600 ${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  context.fontVariantCaps = 'normal';
  return remembered((text) => context.measureText(text).width / SIZE);
}
