/**
 * Chance without state: every draw is a function of the seed and of what is drawn for. Whoever asks, in whatever
 * order, gets the same world.
 */

/** A 32-bit hash of `text` under `seed` (FNV-1a with a final mix). */
export function hash32(seed: number, text: string): number {
  let h = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h, 0x9e3779b9);
}

/** Mixes two integers to an unsigned 32-bit one; cheap enough for every health sample. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ b ^ (b >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 0 (inclusive) to 1 (exclusive), from integers: which tunnel, which purpose, which occurrence. */
export function draw(salt: number, purpose: number, index = 0): number {
  return mix(mix(salt, Math.imul(purpose + 1, 0x27d4eb2f)), Math.imul(index + 1, 0x165667b1)) / 0x1_0000_0000;
}

/** A number between `low` and `high` for a draw `u` of 0 to 1. */
export function between(low: number, high: number, u: number): number {
  return low + (high - low) * u;
}

/** `digits` hexadecimal digits that belong to `text` under `seed`. */
export function hexOf(seed: number, text: string, digits: number): string {
  let out = '';
  for (let i = 0; out.length < digits; i++)
    out += hash32(seed + i * 7919, text)
      .toString(16)
      .padStart(8, '0');
  return out.slice(0, digits);
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** `length` letters and digits that belong to `text` under `seed`: tokens and pre-shared keys of the practice world. */
export function lettersOf(seed: number, text: string, length: number): string {
  let out = '';
  for (let i = 0; i < length; i++) out += LETTERS.charAt(hash32(seed + i * 104_729, text) % LETTERS.length);
  return out;
}
