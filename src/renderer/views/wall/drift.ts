/** A picture that stands still for weeks burns in: it moves a little each minute, too little to be seen moving. Pure. */
import type { Instant } from '../../../shared/model.ts';
import type { Box } from './layout.ts';

/** From one end to the other. */
const MOST_PX = 24;
const MOST_SHARE = 0.015;
const MINUTE = 60_000;
/** Two paths of different length: all places of the field are visited before the first comes again. */
const ACROSS = 26;
const DOWN = 34;

/** Room to keep free at each side, so that the picture never leaves the screen. */
export function driftRoom({ width, height }: Box): { readonly x: number; readonly y: number } {
  const half = (side: number): number => Math.floor(Math.min(MOST_PX, side * MOST_SHARE) / 2);
  return { x: half(width), y: half(height) };
}

/** To and fro between -1 and 1 in `steps`. */
function swing(step: number, steps: number): number {
  const half = steps / 2;
  const at = step % steps;
  return (at < half ? at : steps - at) / (half / 2) - 1;
}

/** Where the picture is in this minute, in whole pixels; both at most the room. */
export function driftAt(now: Instant, room: { readonly x: number; readonly y: number }): { x: number; y: number } {
  const minute = Math.floor(now / MINUTE);
  return { x: Math.round(room.x * swing(minute, ACROSS)), y: Math.round(room.y * swing(minute, DOWN)) };
}
