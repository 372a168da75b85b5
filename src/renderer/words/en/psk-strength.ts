import type { PskIssue, PskLevel } from '../../../shared/psk-strength.ts';
import { count } from '../../format/number.ts';

export const level: Readonly<Record<PskLevel, string>> = {
  unusable: 'Cannot be used',
  weak: 'Weak',
  fair: 'Fair',
  strong: 'Strong',
};

export const issue: Readonly<Record<PskIssue, string>> = {
  empty: 'No key was given.',
  'too-long': 'The key is longer than any router takes.',
  'control-characters': 'The key holds a line end or another invisible character, perhaps from pasting.',
  'shorter-than-32': 'The key has fewer than 32 characters.',
  'longer-than-64': 'The key has more than 64 characters, which AWS does not take.',
  'not-alphanumeric': 'The key holds more than letters and digits, which some routers and clouds refuse.',
  'begins-with-0': 'The key begins with 0, which AWS refuses.',
  repeats: 'The key repeats itself.',
  runs: 'The key holds a run of the alphabet, of digits or of the keyboard.',
  words: 'The key holds words that are tried first.',
};

/** `Strong, about 285 bits`. */
export const verdict = (of: PskLevel, bits: number): string =>
  of === 'unusable' ? level[of] : `${level[of]}, about ${count(bits)} bits`;
export const portable = 'AWS, Azure and Google take this key.';
export const notPortable = 'Not every router and cloud takes this key.';
