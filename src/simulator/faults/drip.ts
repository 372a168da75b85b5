/** A dripping answer comes in this many pieces at most, so that a large one takes no longer than a small one. */
const MOST_PIECES = 40;

export function dripPieces(length: number): number {
  return Math.max(1, Math.min(MOST_PIECES, length));
}
