import { operations } from '../../words/operations.ts';
import type { Toggle } from './tunnel-values.ts';

/** On, off, and nothing said where nothing is said at present. `unset`: what that means. */
export function switchChoices(base: Toggle, unset: string): readonly (readonly [Toggle, string])[] {
  const said = [
    ['on', operations.form.on],
    ['off', operations.form.off],
  ] as const;
  return base === '' ? [['', unset], ...said] : said;
}
