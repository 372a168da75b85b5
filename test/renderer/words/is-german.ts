/** Whether a sentence of the host came out in German. */
import { expect } from 'vitest';
import { GERMAN_HOUSE_RULES } from './german.ts';

/** Left empty, half said, or with a mark too many. */
const UGLY = /undefined|null\b|NaN|\[object| {2}| [.,;]|[.!?]{2}|: *\.|: *$/;
/** What the engine says in English and German sentences never do. */
const ENGLISH =
  /\b(its?|be|from|by|since|before|after|until|another|tunnels? of|Cloudflare says|nothing|changed|sent)\b/;

/** `kept`: names and quotations in it that stay as they are. */
export function isGerman(sentence: string, kept?: RegExp): void {
  const own = kept === undefined ? sentence : sentence.replace(kept, 'x');
  expect(own.trim()).not.toBe('');
  expect(own).not.toMatch(UGLY);
  expect(own).not.toMatch(ENGLISH);
  for (const { wrong, except } of GERMAN_HOUSE_RULES) {
    if (!(except?.test(own) ?? false)) expect(own).not.toMatch(wrong);
  }
}
